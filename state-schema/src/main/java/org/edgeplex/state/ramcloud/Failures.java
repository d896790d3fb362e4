package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.edgeplex.state.StoreException;

/// What a future failed with, without the wrapping; and waiting for one.
final class Failures {
    private static final int REQUESTS_MAX = 10;

    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static StoreException storeException(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof StoreException known
                ? known
                : new StoreException("the engine failed: " + cause, cause);
    }

    /// Waits for what takes several requests, each of which has its own limit.
    static <T> T await(CompletableFuture<T> future, RamcloudEngineOptions options) {
        Duration limit = options.attemptTimeout().multipliedBy(REQUESTS_MAX);
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw storeException(e);
        } catch (TimeoutException e) {
            throw new StoreException("the cluster did not answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the cluster", e);
        }
    }

    /// Completes the result as the future completes, its failure as [StoreException].
    static <T> void pass(CompletableFuture<T> future, CompletableFuture<T> result) {
        var _ =
                future.whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(storeException(failure));
                    }
                });
    }

    /// What is made of what the future completes with, or its failure as [StoreException].
    static <T, R> CompletableFuture<R> then(CompletableFuture<T> future, Function<T, R> use) {
        CompletableFuture<R> result = future.newIncompleteFuture();
        var _ =
                future.whenComplete((value, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(storeException(failure));
                        return;
                    }
                    R made;
                    try {
                        made = use.apply(value);
                    } catch (StoreException e) {
                        result.completeExceptionally(e);
                        return;
                    }
                    result.complete(made);
                });
        return result;
    }
}
