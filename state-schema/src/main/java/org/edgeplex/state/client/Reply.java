package org.edgeplex.state.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StoreException;

/// Who waits for the answer to one operation: told once, on the loop, and must not block there.
public interface Reply<T> {
    void answered(T answer);

    /// The store as a whole cannot work.
    void failed(StoreException failure);

    /// Passes the future's answer on, in the thread that completes it.
    static <T> void on(CompletableFuture<T> future, Reply<? super T> reply) {
        CompletableFuture<T> _ =
                future.whenComplete((answer, failure) -> {
                    if (failure == null) {
                        reply.answered(answer);
                    } else {
                        reply.failed(storeFailure(failure));
                    }
                });
    }

    /// Passes the future's answer on, in the loop.
    static <T> void on(CompletableFuture<T> future, EventLoop loop, Reply<? super T> reply) {
        on(
                future,
                new Reply<T>() {
                    @Override
                    public void answered(T answer) {
                        loop.execute(() -> reply.answered(answer));
                    }

                    @Override
                    public void failed(StoreException failure) {
                        loop.execute(() -> reply.failed(failure));
                    }
                });
    }

    /// A reply of two functions.
    static <T> Reply<T> of(Consumer<T> answered, Consumer<StoreException> failed) {
        return new Reply<>() {
            @Override
            public void answered(T answer) {
                answered.accept(answer);
            }

            @Override
            public void failed(StoreException failure) {
                failed.accept(failure);
            }
        };
    }

    private static StoreException storeFailure(Throwable failure) {
        Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
        return cause instanceof StoreException known
                ? known
                : new StoreException("the store failed", failure);
    }

    /// Nobody waits.
    static <T> Reply<T> nobody() {
        return of(_ -> {}, _ -> {});
    }
}
