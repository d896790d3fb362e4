package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StoreException;

/// One call of a client on its way, for transports: some operations of which each gets its answer
/// on its own, until all have one or the time is over. It ends once, whoever ends it.
///
/// @param <T> what the answers make
public abstract class PendingCall<T> {
    private final int size;
    private final AtomicInteger open;
    private final AtomicBoolean done = new AtomicBoolean();
    private final long deadlineNanos;
    private final PendingCalls calls;
    private final CompletableFuture<T> future;
    private volatile String trouble = "";

    /// One more of these calls, once they [PendingCalls#admit] it.
    protected PendingCall(int size, Duration timeout, PendingCalls calls) {
        this.size = size;
        this.open = new AtomicInteger(size);
        this.deadlineNanos = calls.deadlineNanos(timeout);
        this.calls = calls;
        this.future = calls.answers().newAnswer();
    }

    /// Its operations.
    public final int size() {
        return size;
    }

    public final CompletableFuture<T> future() {
        return future;
    }

    /// What the answers make, when all are there.
    protected abstract T result();

    /// What they make when the time is over, or a [StoreException].
    ///
    /// @param why it did not suffice
    protected abstract T resultSoFar(String why);

    /// One more operation has its answer.
    public final void answeredOne() {
        if (open.decrementAndGet() == 0 && claim()) {
            tell(() -> future.complete(result()));
        }
    }

    public final boolean isDone() {
        return done.get();
    }

    public final void endWith(StoreException e) {
        if (claim()) {
            tell(() -> future.completeExceptionally(e));
        }
    }

    final void expireAt(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            endUnanswered(
                    "no answer from RAMCloud in time%s"
                            .formatted(trouble.isEmpty() ? "" : " (last: " + trouble + ')'));
        }
    }

    public final void endUnanswered(String why) {
        if (!claim()) {
            return;
        }
        tell(() -> {
            T known;
            try {
                known = resultSoFar(why);
            } catch (StoreException e) {
                future.completeExceptionally(e);
                return;
            }
            future.complete(known);
        });
    }

    /// What went wrong last, for the message if nothing goes right any more.
    public final void trouble(String what) {
        trouble = what;
    }

    private boolean claim() {
        if (done.compareAndSet(false, true)) {
            calls.ended(this);
            return true;
        }
        return false;
    }

    private void tell(Runnable completion) {
        calls.answers().complete(future, completion);
    }
}
