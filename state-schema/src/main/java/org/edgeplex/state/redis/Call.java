package org.edgeplex.state.redis;

import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.StoreException;

/// What a user of the store waits for. Guarded by the pipeline's owner, but for [#finish].
abstract class Call {
    /// By `System.nanoTime`.
    final long deadlineNanos;

    /// Its share of what may wait at once.
    final int cost;

    Call(long deadlineNanos, int cost) {
        this.deadlineNanos = deadlineNanos;
        this.cost = cost;
    }

    /// What the user waits for.
    abstract CompletableFuture<?> future();

    /// Whether it has its answer: nothing is to be sent for it any more.
    abstract boolean isOver();

    /// Its deadline has passed, or the store is closed.
    abstract void giveUp(String why);

    abstract void fail(StoreException e);

    /// Tells the user, once it is over; whatever hangs on the answer runs here.
    abstract void finish();
}
