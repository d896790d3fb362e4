package org.edgeplex.state.dump;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.record.Lease;

/// Loads leases so that no life that has ended begins again, see the package.
final class LeaseLoader {
    private static final TableId LEASES = Tables.LEASES.id();

    private final StateStore store;
    private final Duration timeout;
    private final Set<Bytes> loaded = new HashSet<>();
    private final List<Bytes> removedRecord = new ArrayList<>();
    private long notAsDumped;
    private long written;

    LeaseLoader(StateStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    void load(Bytes key, Bytes value) {
        loaded.add(key.compact());
        if (key.equals(Leases.removedKey())) {
            // Last: until then it must say what was removed before this load, or what a load that
            // was interrupted wrote would look like a holder's end.
            removedRecord.add(value.compact());
        } else {
            put(key, value, epochOf(Leases.removedKey()));
        }
    }

    /// Once all of the dump is there.
    ///
    /// @param removeOthers the leases that are not in the dump
    void finish(boolean removeOthers) {
        removedRecord.forEach(value -> put(Leases.removedKey(), value, 0));
        if (removeOthers) {
            List<Bytes> others = new ArrayList<>();
            new StoreScan(store, timeout)
                    .forEach(
                            LEASES,
                            entry -> {
                                if (!loaded.contains(entry.key())
                                        && !entry.key().equals(Leases.removedKey())) {
                                    others.add(entry.key());
                                }
                            });
            Leases leases = new Leases(new State(store, timeout));
            others.forEach(holder -> leases.remove(Tables.LEASES.decodeKey(holder)));
        }
    }

    /// How many differ from the dump because their holders had a later life.
    long notAsDumped() {
        return notAsDumped;
    }

    long written() {
        return written;
    }

    /// @param removedEpoch the highest of the holders that were removed
    private void put(Bytes key, Bytes value, long removedEpoch) {
        switch (StoreScan.await(store.get(LEASES, key, timeout))) {
            case Lookup.Found(Bytes there, long version) -> {
                if (there.equals(value)) {
                    return;
                }
                if (epoch(there) > epoch(value)) {
                    notAsDumped++;
                    return;
                }
                write(key, value, new Expect.Version(version));
            }
            case Lookup.Absent() -> {
                if (removedEpoch > 0 && epoch(value) <= removedEpoch) {
                    notAsDumped++;
                    Lease fenced = new Lease(removedEpoch + 1, 0, "");
                    write(key, Lease.CODEC.encode(fenced), Expect.ABSENT);
                } else {
                    write(key, value, Expect.ABSENT);
                }
            }
        }
    }

    private void write(Bytes key, Bytes value, Expect expect) {
        Write put = new Write.Put(LEASES, key, value, expect, Incarnation.UNFENCED);
        switch (StoreScan.await(store.write(List.of(put), timeout)).getFirst()) {
            case WriteOutcome.Written(_) -> written++;
            case WriteOutcome.Conflict(_) ->
                    throw new StoreException(
                            "lease %s was claimed during the load: end its program first"
                                    .formatted(Loader.text(key)));
            case WriteOutcome.Unknown(String reason) -> throw new StoreException(reason);
            case WriteOutcome.Fenced(_) ->
                    throw new IllegalStateException("a write of nobody was fenced");
        }
    }

    private long epochOf(Bytes key) {
        return switch (StoreScan.await(store.get(LEASES, key, timeout))) {
            case Lookup.Found(Bytes value, _) -> epoch(value);
            case Lookup.Absent() -> 0;
        };
    }

    /// Of a damaged lease: below all others, since nobody can live by it.
    private static long epoch(Bytes lease) {
        try {
            return Lease.epochOf(lease);
        } catch (DamagedRecordException e) {
            return 0;
        }
    }
}
