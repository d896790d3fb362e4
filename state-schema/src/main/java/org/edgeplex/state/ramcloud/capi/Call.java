package org.edgeplex.state.ramcloud.capi;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.PendingCall;

/// One call of the client, with what its answers make.
abstract sealed class Call<T> extends PendingCall permits ReadCall, WriteCall, SoloCall {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Consumer<Call<?>> whenDone;

    Call(int size, long deadlineNanos, Consumer<Call<?>> whenDone) {
        super(size, deadlineNanos);
        this.whenDone = whenDone;
    }

    final CompletableFuture<T> future() {
        return future;
    }

    /// What the answers make, when all are there.
    abstract T result();

    @Override
    protected final void complete() {
        future.complete(result());
    }

    @Override
    protected final void fail(StoreException e) {
        future.completeExceptionally(e);
    }

    @Override
    protected final void ending() {
        whenDone.accept(this);
    }
}
