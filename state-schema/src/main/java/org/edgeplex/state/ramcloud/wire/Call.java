package org.edgeplex.state.ramcloud.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// One call of the client: some operations of which each gets its answer on its own, until all have
/// one or the time is over. Each operation is in one place only: a lane, a request on the way, or
/// waiting on the loop.
abstract class Call {
    private final int size;
    private final AtomicInteger open;
    private final AtomicBoolean done = new AtomicBoolean();
    private final Consumer<Call> whenDone;
    private final long deadlineNanos;
    private volatile String trouble = "";

    Call(int size, long deadlineNanos, Consumer<Call> whenDone) {
        this.size = size;
        this.open = new AtomicInteger(size);
        this.deadlineNanos = deadlineNanos;
        this.whenDone = whenDone;
    }

    final int size() {
        return size;
    }

    abstract Kind kind(int index);

    abstract long tableId(int index);

    abstract long hash(int index);

    /// About as much as the operation adds to a request.
    abstract int bytes(int index);

    /// Writes the operation as a request of its own.
    abstract void encode(FrameWriter out, int index, @Nullable LinearId linear);

    /// Writes the operation as an item of a MULTI_OP.
    abstract void encodeItem(FrameWriter out, int index);

    /// Takes the answer, of which the status was read. As an item its size does not depend on the
    /// status.
    abstract Verdict answer(int index, int status, FrameReader reply, boolean item);

    /// The operation that was just answered had been sent before, and may have been done then.
    void repeated(int index) {}

    /// All operations have an answer.
    abstract void complete();

    /// The time is over, and why it did not suffice.
    abstract void expire(String why);

    abstract void fail(StoreException e);

    /// One more operation has its answer.
    final void answeredOne() {
        if (open.decrementAndGet() == 0 && claim()) {
            complete();
        }
    }

    final boolean isDone() {
        return done.get();
    }

    final void endWith(StoreException e) {
        if (claim()) {
            fail(e);
        }
    }

    final void expireAt(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            endUnanswered(
                    "no answer from RAMCloud in time%s"
                            .formatted(trouble.isEmpty() ? "" : " (last: " + trouble + ')'));
        }
    }

    final void endUnanswered(String why) {
        if (claim()) {
            expire(why);
        }
    }

    final void trouble(String what) {
        trouble = what;
    }

    private boolean claim() {
        if (done.compareAndSet(false, true)) {
            whenDone.accept(this);
            return true;
        }
        return false;
    }
}
