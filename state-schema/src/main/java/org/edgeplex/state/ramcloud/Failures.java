package org.edgeplex.state.ramcloud;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.edgeplex.state.StoreException;

/// What a future failed with, without the wrapping.
final class Failures {
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
}
