package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.turn.Answers;

/// The calls of a client that are on their way, for transports: not too many, and each ends in
/// time.
public final class PendingCalls {
    /// Operations that may be open at once; more are refused.
    public static final int OPEN_MAX = 1 << 16;

    private static final Duration SWEEP = Duration.ofMillis(20);

    private final EventLoop loop;
    private final Answers answers;
    private final LongConsumer watch;
    private final Set<PendingCall<?>> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger openOperations = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    /// @param answers what is waited for
    /// @param watch looks after other things that take their time, now and then while there are
    ///   calls, on the loop; given the loop's time
    public PendingCalls(EventLoop loop, Answers answers, LongConsumer watch) {
        this.loop = loop;
        this.answers = answers;
        this.watch = watch;
    }

    Answers answers() {
        return answers;
    }

    long deadlineNanos(Duration timeout) {
        return loop.nowNanos() + timeout.toNanos();
    }

    /// Takes a call up; false: it has ended, for there are too many, or no more are taken. That is
    /// the back-pressure for a caller who does not wait for answers.
    public boolean admit(PendingCall<?> call) {
        calls.add(call);
        if (openOperations.addAndGet(call.size()) > OPEN_MAX) {
            call.endWith(
                    new StoreException(
                            "more than %d operations wait for RAMCloud: wait for their answers"
                                    .formatted(OPEN_MAX)));
            return false;
        }
        if (closed) {
            call.endWith(new StoreException("the client was closed"));
            return false;
        }
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            loop.execute(() -> loop.schedule(SWEEP, this::sweep));
        }
        return true;
    }

    void ended(PendingCall<?> call) {
        calls.remove(call);
        openOperations.addAndGet(-call.size());
    }

    /// No more are taken.
    public void stop() {
        closed = true;
    }

    /// Ends all there are; no more are taken.
    public void end() {
        stop();
        calls.forEach(call -> call.endUnanswered("the client was closed"));
    }

    public boolean isClosed() {
        return closed;
    }

    private void sweep() {
        long now = loop.nowNanos();
        calls.forEach(call -> call.expireAt(now));
        watch.accept(now);
        if (calls.isEmpty()) {
            sweeping.set(false);
            if (calls.isEmpty() || !sweeping.compareAndSet(false, true)) {
                return;
            }
        }
        loop.schedule(SWEEP, this::sweep);
    }
}
