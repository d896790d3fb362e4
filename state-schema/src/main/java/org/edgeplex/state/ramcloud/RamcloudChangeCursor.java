package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.ramcloud.LogSlots.Slot;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// Follows all logs. A poll that finds nothing is one request: the directory, and the next slot of
/// each log that somebody uses.
///
/// An entry that another follows is settled: its changes are reported without a look at the
/// objects. Those of a log's last entry are looked at, and are reported as soon as the object has
/// left the version that was expected. So more may be reported than happened, never less.
public final class RamcloudChangeCursor implements ChangeCursor {
    private static final int AHEAD_MAX = 64;
    private static final Duration SILENCE_MAX = Sweeper.AGE.dividedBy(2);

    private final Cluster cluster;
    private final List<Place> places = new ArrayList<>();
    private final Deque<Change> found = new ArrayDeque<>();
    private long polledNanos;
    private boolean isLost;

    /// Where the reader is in one log.
    private static final class Place {
        final LogSlots slots;
        long next;
        int ahead = 1;

        /// Of the last entry, what was not done yet.
        List<LogEntry.Op> open = List.of();

        /// Whether nobody uses it, and all that was in it is read.
        boolean isIdle;

        Place(LogSlots slots, long next) {
            this.slots = slots;
            this.next = next;
        }
    }

    RamcloudChangeCursor(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Poll poll(int max) {
        return Failures.await(pollLater(max), cluster.options());
    }

    /// As [#poll], for who must not wait.
    public CompletableFuture<Poll> pollLater(int max) {
        CompletableFuture<Poll> result = new CompletableFuture<>();
        cluster.loop().execute(() -> start(max, result));
        return result;
    }

    private void start(int max, CompletableFuture<Poll> result) {
        long now = cluster.loop().nowNanos();
        // A tombstone that went meanwhile would hide its removal.
        isLost |= now - polledNanos > SILENCE_MAX.toNanos();
        polledNanos = now;
        CompletableFuture<Boolean> reading =
                isLost || found.size() >= max ? CompletableFuture.completedFuture(true) : read(max);
        Failures.pass(
                reading.thenCompose(_ -> isLost ? stand().thenApply(_ -> lost()) : taken(max)),
                result);
    }

    private Poll lost() {
        isLost = false;
        return new Poll.Lost();
    }

    private CompletableFuture<Poll> taken(int max) {
        List<Change> changes = new ArrayList<>(Math.min(max, found.size()));
        while (changes.size() < max && !found.isEmpty()) {
            changes.add(found.remove());
        }
        return CompletableFuture.completedFuture(new Poll.Changes(changes));
    }

    /// Goes to the present.
    CompletableFuture<Boolean> stand() {
        places.clear();
        found.clear();
        isLost = true;
        polledNanos = cluster.loop().nowNanos();
        return cluster.directory()
                .thenCompose(seen -> {
                    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
                    for (int log = 1; log <= seen.directory().logs().size(); log++) {
                        LogSlots slots = new LogSlots(cluster, log, seen.directory().slots());
                        LogDirectory.Log state = seen.directory().log(log);
                        Place place = new Place(slots, state.start());
                        place.isIdle = !state.isUsed();
                        places.add(place);
                        if (state.isUsed()) {
                            all =
                                    all.thenCombine(
                                            slots.findLast().thenApply(last -> at(place, last)),
                                            (_, _) -> true);
                        }
                    }
                    return all;
                })
                .thenCompose(_ -> look())
                .thenApply(_ -> {
                    // What was done before this cursor was there is no news.
                    found.clear();
                    isLost = false;
                    return true;
                });
    }

    private static boolean at(Place place, Slot last) {
        place.next = last.entry().sequence() + 1;
        place.open = last.entry().ops();
        return true;
    }

    private CompletableFuture<Boolean> read(int max) {
        List<ObjectKey> keys = new ArrayList<>();
        keys.add(cluster.directoryKey());
        List<Place> asked = places.stream().filter(place -> !place.isIdle).toList();
        for (Place place : asked) {
            for (int i = 0; i < place.ahead; i++) {
                keys.add(place.slots.key(place.next + i));
            }
        }
        return cluster.read(keys)
                .thenCompose(lookups -> {
                    boolean more = take(asked, lookups);
                    return look().thenCompose(_ ->
                            more && !isLost && found.size() < max
                                    ? read(max)
                                    : CompletableFuture.completedFuture(true));
                });
    }

    /// Returns whether there may be more at once.
    private boolean take(List<Place> asked, List<Lookup> lookups) {
        boolean more = false;
        int from = 1;
        for (Place place : asked) {
            int taken = 0;
            while (taken < place.ahead
                    && take(place, place.slots.decode(lookups.get(from + taken)).entry())) {
                taken++;
            }
            from += place.ahead;
            boolean full = taken == place.ahead;
            more |= full;
            int aheadMax = Math.min(AHEAD_MAX, place.slots.slots());
            place.ahead = full ? Math.min(aheadMax, 2 * place.ahead) : 1;
        }
        if (lookups.getFirst() instanceof Lookup.Found(Bytes value, _)) {
            more |= take(LogDirectory.decode(value));
        }
        return more;
    }

    /// Returns whether a log is to be read that was not.
    private boolean take(LogDirectory directory) {
        boolean more = false;
        for (int log = 1; log <= directory.logs().size(); log++) {
            boolean isNew = log > places.size();
            if (isNew) {
                places.add(new Place(new LogSlots(cluster, log, directory.slots()), 1));
            }
            Place place = places.get(log - 1);
            LogDirectory.Log state = directory.log(log);
            boolean wasIdle = isNew || place.isIdle;
            place.isIdle = !state.isUsed() && place.next >= state.start();
            more |= wasIdle && !place.isIdle;
        }
        return more;
    }

    /// Returns whether it is the next entry.
    private boolean take(Place place, LogEntry entry) {
        if (entry.sequence() != place.next) {
            isLost |= entry.sequence() > place.next;
            return false;
        }
        report(place.open);
        place.open = entry.ops();
        place.next++;
        return true;
    }

    private void report(List<LogEntry.Op> ops) {
        for (LogEntry.Op op : ops) {
            // The number alone tells tables apart.
            found.add(
                    new Change(
                            new TableId(op.table(), Integer.toString(op.table())),
                            op.key().compact()));
        }
    }

    /// Looks which changes of last entries are done.
    private CompletableFuture<Boolean> look() {
        Set<Integer> tables = new HashSet<>();
        List<LogEntry.Op> open = new ArrayList<>();
        for (Place place : places) {
            open.addAll(place.open);
            place.open.forEach(op -> tables.add(op.table()));
        }
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        return cluster.resolve(tables)
                .thenCompose(_ -> cluster.objects(open))
                .thenApply(objects -> {
                    int from = 0;
                    for (Place place : places) {
                        int count = place.open.size();
                        look(place, objects.subList(from, from + count));
                        from += count;
                    }
                    return true;
                });
    }

    private void look(Place place, List<StoredObject> objects) {
        List<LogEntry.Op> still = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            LogEntry.Op op = place.open.get(i);
            if (objects.get(i).version() == op.expected()) {
                still.add(op);
            } else if (objects.get(i).version() != 0) {
                report(List.of(op));
            }
            // Where nothing is, nothing was done: a change leaves at least a tombstone.
        }
        place.open = still;
    }
}
