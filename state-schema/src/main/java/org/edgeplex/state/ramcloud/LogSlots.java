package org.edgeplex.state.ramcloud;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;

/// One log as a ring of objects: the entry with sequence number s lies in slot (s - 1) mod the
/// number of slots, and replaces the entry of the lap before.
final class LogSlots {
    /// So few requests find the end of a ring of thousands.
    private static final int PROBES = 31;

    private final Cluster cluster;
    private final int log;
    private final int slots;

    /// What a slot holds.
    ///
    /// @param version of the object; 0: the slot was never written
    record Slot(LogEntry entry, long version) {
        static final Slot EMPTY = new Slot(LogEntry.NONE, 0);
    }

    LogSlots(Cluster cluster, int log, int slots) {
        this.cluster = cluster;
        this.log = log;
        this.slots = slots;
    }

    int log() {
        return log;
    }

    int slots() {
        return slots;
    }

    ObjectKey key(long sequence) {
        return cluster.slotKey(log, position(sequence));
    }

    int position(long sequence) {
        return (int) ((sequence - 1) % slots);
    }

    Slot decode(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Absent() -> Slot.EMPTY;
            case Lookup.Found(Bytes value, long version) -> {
                try {
                    yield new Slot(LogEntry.decode(value), version);
                } catch (DamagedRecordException e) {
                    throw new DamagedRecordException(
                            "log %d of namespace %s: %s"
                                    .formatted(log, cluster.options().namespace(), e.getMessage()),
                            e);
                }
            }
        };
    }

    /// The slots of so many sequence numbers, whatever is in them.
    CompletableFuture<List<Slot>> read(long first, int count) {
        List<ObjectKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(key(first + i));
        }
        return cluster.read(keys).thenApply(lookups -> lookups.stream().map(this::decode).toList());
    }

    CompletableFuture<WriteOutcome> write(LogEntry entry, long versionBefore) {
        Expect expect = versionBefore == 0 ? Expect.ABSENT : new Expect.Version(versionBefore);
        return cluster.write(new ObjectWrite.Put(key(entry.sequence()), entry.encode(), expect));
    }

    /// The last entry, [LogEntry#NONE] of an empty log. It was the last at some moment during the
    /// search.
    CompletableFuture<Slot> findLast() {
        return read(1, 1)
                .thenCompose(first -> {
                    Slot slot = first.getFirst();
                    return slot.version() == 0
                            ? CompletableFuture.completedFuture(Slot.EMPTY)
                            : search(slot, slot.entry().sequence(), slots);
                });
    }

    /// Narrows the lap's end down.
    ///
    /// @param low the highest entry known to belong to the lap
    /// @param end the lowest place in the lap known to be older, counted from its first entry
    private CompletableFuture<Slot> search(Slot low, long lapStart, int end) {
        int from = (int) (low.entry().sequence() - lapStart);
        int between = end - from - 1;
        if (between == 0) {
            return CompletableFuture.completedFuture(low);
        }
        int probes = Math.min(PROBES, between);
        List<ObjectKey> keys = new ArrayList<>(probes);
        int[] places = new int[probes];
        for (int i = 0; i < probes; i++) {
            places[i] = from + (int) ((long) (i + 1) * (between + 1) / (probes + 1));
            keys.add(cluster.slotKey(log, places[i]));
        }
        return cluster.read(keys)
                .thenCompose(lookups -> {
                    Slot highest = low;
                    for (int i = 0; i < probes; i++) {
                        Slot slot = decode(lookups.get(i));
                        if (slot.entry().sequence() > lapStart + places[i]) {
                            // The log went round meanwhile.
                            return findLast();
                        }
                        if (slot.entry().sequence() < lapStart + places[i]) {
                            return search(highest, lapStart, places[i]);
                        }
                        highest = slot;
                    }
                    return search(highest, lapStart, end);
                });
    }
}
