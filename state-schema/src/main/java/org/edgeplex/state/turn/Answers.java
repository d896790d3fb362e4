package org.edgeplex.state.turn;

import java.util.concurrent.CompletableFuture;

/// Makes what callers wait for, and completes it.
public interface Answers {
    /// Nobody reads but who always does.
    Answers PLAIN = new Plain();

    /// A new answer, which is awaited or not.
    <T> CompletableFuture<T> newAnswer();

    /// Runs what completes an answer, now or soon.
    void complete(CompletableFuture<?> answer, Runnable completion);

    /// Answers as they are without a reading turn.
    final class Plain implements Answers {
        private Plain() {}

        @Override
        public <T> CompletableFuture<T> newAnswer() {
            return new CompletableFuture<>();
        }

        @Override
        public void complete(CompletableFuture<?> answer, Runnable completion) {
            completion.run();
        }
    }
}
