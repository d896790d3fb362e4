package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.LogSlots.Slot;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.record.Lease;

/// One user of one log: knows its end, and appends to it.
///
/// The rule that everything rests on: **an entry is appended only when the one before is settled**,
/// that is when each object it names has left the version that it expects. Whatever its writer
/// still has in flight then can no longer be done, however late it comes: versions never return.
///
/// Used on the loop by one driver, one call at a time.
final class LogSession {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final int AHEAD = 16;
    private static final long UNREAD = -1;
    private static final int LEASES = Tables.LEASES.id().number();

    private final Cluster cluster;
    private final Bytes name;
    private final long id;

    /// Of the log that this name has, as far as is known.
    private LogSlots slots;

    /// Versions of slots as this session last saw them; 0: not seen.
    private long[] versions = {};

    private LogEntry last = LogEntry.NONE;
    private boolean isPlaced;
    private boolean isAtEnd;
    private boolean isSettled;
    private long epoch = UNREAD;

    LogSession(Cluster cluster, LogSlots slots, Bytes name, long id) {
        this.cluster = cluster;
        this.slots = slots;
        this.name = name;
        this.id = id;
    }

    static CompletableFuture<LogSession> begin(Cluster cluster, Bytes name) {
        return cluster.log(name)
                .thenCombine(
                        cluster.newSession(),
                        (slots, id) -> new LogSession(cluster, slots, name, id));
    }

    int log() {
        return slots.log();
    }

    long lastSequence() {
        return last.sequence();
    }

    /// Finds the end of the log and settles the last entry: the session may append.
    CompletableFuture<Boolean> open(Duration patience) {
        if (isAtEnd && isSettled) {
            return CompletableFuture.completedFuture(true);
        }
        // The lease is read again after this, so that what fenced it lies before or behind our end.
        epoch = UNREAD;
        return findEnd()
                .thenCompose(_ ->
                        isSettled ? CompletableFuture.completedFuture(true) : settle(patience));
    }

    private CompletableFuture<Boolean> findEnd() {
        return isAtEnd
                ? CompletableFuture.completedFuture(true)
                : goToEnd().thenCompose(_ -> checkName());
    }

    private CompletableFuture<Boolean> goToEnd() {
        return isPlaced
                ? walk()
                : slots.findLast()
                        .thenApply(slot -> {
                            isPlaced = true;
                            advanceTo(slot);
                            return true;
                        });
    }

    /// Whether the log is still of this name: it may have been given to another. If it is, then
    /// until somebody appends what ends its use, and nothing of ours is appended behind that.
    private CompletableFuture<Boolean> checkName() {
        return cluster.directory()
                .thenCompose(seen -> {
                    LogDirectory.Log now = seen.directory().log(log());
                    if (!now.isOf(name)) {
                        return moveOn();
                    }
                    if (last.isClosing() && last.sequence() >= now.start()) {
                        return cluster.freeLog(name, log(), last.sequence() + 1)
                                .thenCompose(_ -> moveOn());
                    }
                    isAtEnd = true;
                    return CompletableFuture.completedFuture(true);
                });
    }

    /// To the log that this name has now.
    private CompletableFuture<Boolean> moveOn() {
        return cluster.log(name)
                .thenCompose(now -> {
                    slots = now;
                    versions = new long[0];
                    last = LogEntry.NONE;
                    isPlaced = false;
                    return findEnd();
                });
    }

    private CompletableFuture<Boolean> walk() {
        long next = last.sequence() + 1;
        int count = Math.min(AHEAD, slots.slots());
        return slots.read(next, count)
                .thenCompose(found -> {
                    for (int i = 0; i < count; i++) {
                        long sequence = found.get(i).entry().sequence();
                        if (sequence > next + i) {
                            isPlaced = false;
                            return goToEnd();
                        }
                        if (sequence < next + i) {
                            return CompletableFuture.completedFuture(true);
                        }
                        advanceTo(found.get(i));
                    }
                    return walk();
                });
    }

    private void advanceTo(Slot slot) {
        last = slot.entry();
        isSettled = last.ops().isEmpty();
        if (last.sequence() > 0) {
            remember(last.sequence(), slot.version());
        }
    }

    private CompletableFuture<Boolean> settle(Duration patience) {
        long started = cluster.loop().nowNanos();
        // What this session left behind waits for nobody; two that wait for each other do so for
        // different times.
        long nanos = last.session() == id ? 0 : patience.toNanos() * (4 + id % 4) / 4;
        LogEntry entry = last;
        return cluster.resolve(entry.ops().stream().map(LogEntry.Op::table).toList())
                .thenCompose(_ -> settle(entry.ops(), started + nanos))
                .thenApply(_ -> {
                    isSettled = true;
                    return true;
                });
    }

    private CompletableFuture<Boolean> settle(List<LogEntry.Op> ops, long patientUntil) {
        return cluster.objects(ops)
                .thenCompose(objects -> {
                    List<LogEntry.Op> open = new ArrayList<>();
                    List<ObjectWrite> bumps = new ArrayList<>();
                    for (int i = 0; i < ops.size(); i++) {
                        LogEntry.Op op = ops.get(i);
                        if (objects.get(i).version() == op.expected()) {
                            open.add(op);
                            // The same in a new version, of which users learn nothing.
                            bumps.add(
                                    new ObjectWrite.Put(
                                            cluster.key(op.table(), op.key()),
                                            objects.get(i).again(),
                                            new Expect.Version(op.expected())));
                        }
                    }
                    if (open.isEmpty()) {
                        return CompletableFuture.completedFuture(true);
                    }
                    CompletableFuture<?> before =
                            cluster.loop().nowNanos() - patientUntil < 0
                                    ? cluster.pause(LOOK_AGAIN)
                                    : cluster.write(bumps);
                    return before.thenCompose(_ -> settle(open, patientUntil));
                });
    }

    /// The epoch of the holder whose log this is, 0 if it has no lease.
    ///
    /// What was read stays true until somebody else appends: a lease changes only by way of its
    /// holder's log.
    ///
    /// @param again even if it is known: before a writer is told that it is fenced
    CompletableFuture<Long> epoch(boolean again) {
        if (epoch != UNREAD && !again) {
            return CompletableFuture.completedFuture(epoch);
        }
        LogEntry.Op lease = new LogEntry.Op(LEASES, name, 0);
        return cluster.resolve(List.of(LEASES))
                .thenCompose(_ -> cluster.objects(List.of(lease)))
                .thenApply(objects -> {
                    StoredObject object = objects.getFirst();
                    epoch = object.isLive() ? epochOf(object.value()) : 0;
                    return epoch;
                });
    }

    private long epochOf(Bytes lease) {
        try {
            return Lease.epochOf(lease);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException(
                    "table %s, key %s: %s".formatted(Tables.LEASES, name, e.getMessage()), e);
        }
    }

    /// Appends one entry; false: it is not known to be there, and the session must be opened again.
    /// Nothing of it may be done then.
    CompletableFuture<Boolean> append(List<LogEntry.Op> ops) {
        if (!isAtEnd || !isSettled) {
            throw new IllegalStateException("the log is not open: " + name);
        }
        LogEntry entry = new LogEntry(last.sequence() + 1, id, List.copyOf(ops));
        return versionBefore(entry.sequence())
                .thenCompose(before -> slots.write(entry, before))
                .thenApply(outcome -> {
                    if (outcome instanceof WriteOutcome.Written(long version)) {
                        last = entry;
                        isSettled = false;
                        remember(entry.sequence(), version);
                        if (ops.stream().anyMatch(this::isOwnLease)) {
                            epoch = UNREAD;
                        }
                        return true;
                    }
                    isAtEnd = false;
                    return false;
                });
    }

    /// Ends the use of the log if its holder has no lease; false: somebody else was there.
    ///
    /// A holder who comes back meanwhile does so by way of this log: then nothing is ended.
    static CompletableFuture<Boolean> retire(Cluster cluster, Bytes name) {
        return begin(cluster, name).thenCompose(LogSession::retire);
    }

    private CompletableFuture<Boolean> retire() {
        return open(cluster.options().patience())
                .thenCompose(_ -> epoch(true))
                .thenCompose(epoch ->
                        epoch == 0
                                ? append(LogEntry.NO_OPS)
                                : CompletableFuture.completedFuture(false))
                .thenCompose(appended ->
                        appended
                                ? cluster.freeLog(name, log(), lastSequence() + 1)
                                : CompletableFuture.completedFuture(false));
    }

    private boolean isOwnLease(LogEntry.Op op) {
        return op.table() == LEASES && op.key().equals(name);
    }

    /// Says that everything of the last entry, one's own, is done or can no longer be done.
    void settled() {
        isSettled = true;
    }

    /// The version of the entry of the lap before.
    private CompletableFuture<Long> versionBefore(long sequence) {
        if (sequence <= slots.slots()) {
            return CompletableFuture.completedFuture(0L);
        }
        long known = known(sequence);
        if (known != 0) {
            return CompletableFuture.completedFuture(known);
        }
        int count = Math.min(AHEAD, slots.slots());
        return slots.read(sequence, count)
                .thenApply(found -> {
                    for (int i = 0; i < count; i++) {
                        Slot slot = found.get(i);
                        if (slot.entry().sequence() == sequence + i - slots.slots()) {
                            remember(sequence + i, slot.version());
                        }
                    }
                    // 0 where somebody was faster: the append will conflict.
                    return known(sequence);
                });
    }

    private long known(long sequence) {
        return versions.length == 0 ? 0 : versions[slots.position(sequence)];
    }

    private void remember(long sequence, long version) {
        if (versions.length == 0) {
            versions = new long[slots.slots()];
        }
        versions[slots.position(sequence)] = version;
    }
}
