package org.edgeplex.state.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// Gathers reads and writes of many callers into few requests of the store ([BatchPolicy] says
/// when), with a bound on what is not yet answered.
///
/// - Operations on one key are done in the order in which they were given: none is sent while an
///   earlier one is under way in another batch.
/// - Each has a deadline of its own, whatever travels with it.
/// - Back-pressure is visible: an operation over the bound is refused at once (`try..` returns
///   false), a thread that may wait does so in [#awaitRoom], and both are counted.
/// - Places for operations are made once; a request of the store costs one list.
///
/// Operations are given from any thread; everything else happens on the loop.
public final class Batcher implements AutoCloseable {
    private final EventLoop loop;
    private final BatchLimits limits;
    private final BatchPolicy policy;
    private final BatchSender sender;
    private final Counters counters = new Counters();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // Guarded by the lock.
    private final ArrayDeque<Operation> free;
    private final ArrayDeque<Operation> arrived;
    private boolean woken;
    private boolean closed;

    // Of the loop.
    private final ArrayDeque<Operation> waiting;
    private final ArrayDeque<Operation> skipped;
    private final KeyOrder keys = new KeyOrder();
    private boolean ageTimed;
    private long earliestDeadlineNanos;
    private boolean deadlineTimed;

    /// Counted on the loop or under the lock, read by anyone.
    private static final class Counters {
        final LongAdder batches = new LongAdder();
        final LongAdder items = new LongAdder();
        final LongAdder rejected = new LongAdder();
        final LongAdder waits = new LongAdder();
        final LongAdder expired = new LongAdder();
        volatile int deepest;
        volatile int depth = 1;
        volatile int underWay;
    }

    public Batcher(StateStore store, EventLoop loop, BatchLimits limits) {
        this.loop = loop;
        this.limits = limits;
        policy = new BatchPolicy(limits);
        sender =
                new BatchSender(store, loop, limits.batchesMax(), this::returned, counters.expired);
        // A deque keeps one place empty.
        int places = limits.operationsMax() + 1;
        free = new ArrayDeque<>(places);
        arrived = new ArrayDeque<>(places);
        waiting = new ArrayDeque<>(places);
        skipped = new ArrayDeque<>(places);
        for (int i = 0; i < limits.operationsMax(); i++) {
            free.add(new Operation());
        }
    }

    /// Reads an object, or returns false when it is busy. Fails with [StoreException] for a key
    /// that no store takes.
    public boolean tryGet(TableId table, Bytes key, Duration timeout, Reply<Lookup> reply) {
        EngineRules.checkKey(table, key);
        lock.lock();
        try {
            if (!hasRoom()) {
                return false;
            }
            Operation operation = free.remove();
            operation.read(table, key, reply);
            arrive(operation, timeout);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Writes an object, or returns false when it is busy. Fails with [StoreException] for a write
    /// that no store takes.
    public boolean tryWrite(Write write, Duration timeout, Reply<WriteOutcome> reply) {
        EngineRules.checkWrite(write);
        lock.lock();
        try {
            if (!hasRoom()) {
                return false;
            }
            Operation operation = free.remove();
            operation.write(write, reply);
            arrive(operation, timeout);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until an operation would be taken, for threads that may block; returns whether it
    /// would. Another may be quicker: try again then.
    public boolean awaitRoom(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            if (free.isEmpty()) {
                counters.waits.increment();
            }
            long leftNanos = timeout.toNanos();
            while (free.isEmpty() && !closed && leftNanos > 0) {
                leftNanos = room.awaitNanos(leftNanos);
            }
            return !free.isEmpty() && !closed;
        } finally {
            lock.unlock();
        }
    }

    public BatcherStatistics statistics() {
        lock.lock();
        try {
            return new BatcherStatistics(
                    counters.batches.sum(),
                    counters.items.sum(),
                    counters.deepest,
                    counters.rejected.sum(),
                    counters.waits.sum(),
                    counters.expired.sum(),
                    counters.depth,
                    limits.operationsMax() - free.size(),
                    counters.underWay);
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more. What was taken is still answered, as long as the loop runs.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        if (closed) {
            throw new StoreException("closed: no operation is taken any more");
        }
        if (free.isEmpty()) {
            counters.rejected.increment();
            return false;
        }
        return true;
    }

    private void arrive(Operation operation, Duration timeout) {
        operation.timed(loop.nowNanos(), timeout.toNanos());
        arrived.add(operation);
        if (!woken) {
            woken = true;
            loop.execute(this::takeArrived);
        }
    }

    private void takeArrived() {
        int count = 0;
        long earliest = Long.MAX_VALUE;
        lock.lock();
        try {
            woken = false;
            while (!arrived.isEmpty()) {
                Operation operation = arrived.remove();
                waiting.add(operation);
                earliest = Math.min(earliest, operation.deadlineNanos() - loop.nowNanos());
                count++;
            }
        } finally {
            lock.unlock();
        }
        policy.arrived(count, loop.nowNanos());
        counters.depth = policy.depth();
        send();
        if (!waiting.isEmpty()) {
            timeDeadline(loop.nowNanos() + earliest);
        }
    }

    /// Sends what is to leave now.
    private void send() {
        while (!waiting.isEmpty() && sender.hasRoom()) {
            long nowNanos = loop.nowNanos();
            long ageNanos = nowNanos - waiting.getFirst().arrivedNanos();
            if (!policy.leaves(waiting.size(), ageNanos, sender.underWay())) {
                timeAge(limits.ageMax().toNanos() - ageNanos);
                return;
            }
            List<Operation> batch = form();
            if (batch.isEmpty()) {
                // All wait for keys that are under way: a batch that returns sends them.
                sender.putBack(batch);
                return;
            }
            counters.batches.increment();
            counters.items.add(batch.size());
            counters.deepest = Math.max(counters.deepest, batch.size());
            sender.send(batch);
            counters.underWay = sender.underWay();
        }
    }

    /// The next batch: the first operation that may be sent, and what goes with it.
    private List<Operation> form() {
        List<Operation> batch = sender.emptyBatch();
        keys.beginBatch();
        int bytes = 0;
        while (!waiting.isEmpty() && batch.size() < limits.itemsMax()) {
            Operation next = waiting.remove();
            boolean fits = batch.isEmpty() || bytes + next.bytes() <= limits.bytesMax();
            boolean goes = batch.isEmpty() || batch.getFirst().goesWith(next);
            if (fits && goes && keys.maySend(next)) {
                batch.add(next);
                bytes += next.bytes();
            } else {
                // Nor may a later operation on its key overtake it.
                keys.skip(next);
                skipped.add(next);
            }
            if (!fits) {
                break;
            }
        }
        while (!skipped.isEmpty()) {
            waiting.addFirst(skipped.removeLast());
        }
        batch.forEach(keys::sent);
        return batch;
    }

    private void returned(List<Operation> batch) {
        batch.forEach(keys::returned);
        counters.underWay = sender.underWay();
        release(batch);
        send();
    }

    private void release(List<Operation> operations) {
        lock.lock();
        try {
            for (Operation operation : operations) {
                operation.clear();
                free.add(operation);
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void timeAge(long delayNanos) {
        if (!ageTimed) {
            ageTimed = true;
            loop.schedule(
                    Duration.ofNanos(delayNanos),
                    () -> {
                        ageTimed = false;
                        send();
                    });
        }
    }

    private void timeDeadline(long deadlineNanos) {
        if (deadlineTimed && deadlineNanos - earliestDeadlineNanos >= 0) {
            return;
        }
        deadlineTimed = true;
        earliestDeadlineNanos = deadlineNanos;
        loop.schedule(
                Duration.ofNanos(Math.max(0, deadlineNanos - loop.nowNanos())),
                () -> expireWaiting(deadlineNanos));
    }

    private void expireWaiting(long deadlineNanos) {
        if (!deadlineTimed || deadlineNanos != earliestDeadlineNanos) {
            // An earlier one was set since.
            return;
        }
        deadlineTimed = false;
        long nowNanos = loop.nowNanos();
        List<Operation> over = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Operation operation : waiting) {
            long leftNanos = operation.deadlineNanos() - nowNanos;
            if (leftNanos <= 0) {
                over.add(operation);
            } else {
                next = Math.min(next, leftNanos);
            }
        }
        waiting.removeAll(over);
        over.forEach(Operation::expire);
        counters.expired.add(over.size());
        release(over);
        if (!waiting.isEmpty()) {
            timeDeadline(nowNanos + next);
        }
    }
}
