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
    /// So many slots are looked at in one request: two requests find the end of a ring of 8,192.
    private static final int LOOKS = 91;

    private static final long UNKNOWN = 0;

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
        return search(0, slots, UNKNOWN);
    }

    /// Narrows the lap's end down.
    ///
    /// @param from the highest place known to belong to the lap, counted from its first entry
    /// @param end the lowest place known to be older
    /// @param lapStart the sequence number at place 0, if a request before has told it
    private CompletableFuture<Slot> search(int from, int end, long lapStart) {
        int count = Math.min(LOOKS, end - from);
        List<ObjectKey> keys = new ArrayList<>(count);
        int[] places = new int[count + 1];
        for (int i = 0; i < count; i++) {
            places[i] = from + (int) ((long) i * (end - from) / count);
            keys.add(cluster.slotKey(log, places[i]));
        }
        places[count] = end;
        return cluster.read(keys)
                .thenCompose(lookups -> {
                    Slot highest = decode(lookups.getFirst());
                    if (highest.version() == 0) {
                        return CompletableFuture.completedFuture(Slot.EMPTY);
                    }
                    long start = highest.entry().sequence() - from;
                    int next = 1;
                    while (next < count) {
                        Slot slot = decode(lookups.get(next));
                        long ahead = slot.entry().sequence() - (start + places[next]);
                        if (ahead > 0) {
                            // The log went round meanwhile.
                            return findLast();
                        }
                        if (ahead < 0) {
                            break;
                        }
                        highest = slot;
                        next++;
                    }
                    if (lapStart != UNKNOWN && start != lapStart) {
                        return findLast();
                    }
                    return places[next] - places[next - 1] == 1
                            ? CompletableFuture.completedFuture(highest)
                            : search(places[next - 1], places[next], start);
                });
    }
}
