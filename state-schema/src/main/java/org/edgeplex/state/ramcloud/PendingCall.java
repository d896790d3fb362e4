package org.edgeplex.state.ramcloud;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StoreException;

/// One call of a client on its way, for transports: some operations of which each gets its answer
/// on its own, until all have one or the time is over. It ends once, whoever ends it.
public abstract class PendingCall {
    private final int size;
    private final AtomicInteger open;
    private final AtomicBoolean done = new AtomicBoolean();
    private final long deadlineNanos;
    private volatile String trouble = "";

    protected PendingCall(int size, long deadlineNanos) {
        this.size = size;
        this.open = new AtomicInteger(size);
        this.deadlineNanos = deadlineNanos;
    }

    /// Its operations.
    public final int size() {
        return size;
    }

    /// All operations have an answer.
    protected abstract void complete();

    /// The time is over, and why it did not suffice.
    protected abstract void expire(String why);

    protected abstract void fail(StoreException e);

    /// It ends, in one of these three ways, just after this.
    protected abstract void ending();

    /// One more operation has its answer.
    public final void answeredOne() {
        if (open.decrementAndGet() == 0 && claim()) {
            complete();
        }
    }

    public final boolean isDone() {
        return done.get();
    }

    public final void endWith(StoreException e) {
        if (claim()) {
            fail(e);
        }
    }

    public final void expireAt(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            endUnanswered(
                    "no answer from RAMCloud in time%s"
                            .formatted(trouble.isEmpty() ? "" : " (last: " + trouble + ')'));
        }
    }

    public final void endUnanswered(String why) {
        if (claim()) {
            expire(why);
        }
    }

    /// What went wrong last, for the message if nothing goes right any more.
    public final void trouble(String what) {
        trouble = what;
    }

    private boolean claim() {
        if (done.compareAndSet(false, true)) {
            ending();
            return true;
        }
        return false;
    }
}
