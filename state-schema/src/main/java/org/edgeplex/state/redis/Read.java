package org.edgeplex.state.redis;

import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;

/// A command that changes nothing: repeated on the next connection until its deadline.
final class Read<T> extends Call {
    /// A command that can be written again and again.
    @FunctionalInterface
    interface Command {
        /// Writes it.
        ///
        /// @param whole with a script's text instead of its hash
        void encode(RespWriter out, boolean whole);
    }

    /// Makes an answer of what the server said; fails with [StoreException].
    @FunctionalInterface
    interface Answer<T> {
        T of(Reply reply);
    }

    final Command command;

    /// The server did not know the script.
    boolean whole;

    private final Answer<T> answer;
    private final CompletableFuture<T> future;
    private @Nullable Reply reply;
    private @Nullable StoreException failure;

    Read(long deadlineNanos, Command command, Answer<T> answer, CompletableFuture<T> future) {
        super(deadlineNanos, 1);
        this.command = command;
        this.answer = answer;
        this.future = future;
    }

    void reply(Reply received) {
        reply = received;
    }

    @Override
    CompletableFuture<?> future() {
        return future;
    }

    @Override
    boolean isOver() {
        return reply != null || failure != null;
    }

    @Override
    void giveUp(String why) {
        failure = new StoreException(why);
    }

    @Override
    void fail(StoreException e) {
        failure = e;
    }

    @Override
    void finish() {
        if (failure != null) {
            future.completeExceptionally(failure);
            return;
        }
        Reply received = reply;
        if (received == null) {
            throw new IllegalStateException("finished without an answer");
        }
        T result;
        try {
            result = answer.of(received);
        } catch (StoreException e) {
            future.completeExceptionally(e);
            return;
        }
        future.complete(result);
    }
}
