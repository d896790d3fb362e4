package org.edgeplex.state.ramcloud.capi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;

/// One call of the client: some operations of which each gets its answer on its own, until all have
/// one or the time is over.
abstract sealed class Call<T> permits ReadCall, WriteCall, SoloCall {
    private final int size;
    private final AtomicInteger open;
    private final AtomicBoolean done = new AtomicBoolean();
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Consumer<Call<?>> whenDone;
    private final long deadlineNanos;
    private volatile String trouble = "";

    Call(int size, long deadlineNanos, Consumer<Call<?>> whenDone) {
        this.size = size;
        this.open = new AtomicInteger(size);
        this.deadlineNanos = deadlineNanos;
        this.whenDone = whenDone;
    }

    final int size() {
        return size;
    }

    final CompletableFuture<T> future() {
        return future;
    }

    /// What the answers make, when all are there.
    abstract T result();

    /// The time is over: the result of what is there, or the failure.
    abstract void expire(String why);

    /// One more operation has its answer.
    final void answeredOne() {
        if (open.decrementAndGet() == 0 && claim()) {
            future.complete(result());
        }
    }

    final boolean isDone() {
        return done.get();
    }

    final void endWith(StoreException e) {
        if (claim()) {
            future.completeExceptionally(e);
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
