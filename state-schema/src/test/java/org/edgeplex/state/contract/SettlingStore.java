package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.client.ManualLoop;

/// An engine whose answers can be waited for, so that what runs on a manual loop stands still
/// between two moments of its time.
public final class SettlingStore extends DelegatingStore {
    private final AtomicInteger unanswered = new AtomicInteger();
    private boolean refuses;

    public SettlingStore(StateStore engine) {
        super(engine);
    }

    /// From now on nothing reaches the engine: the process that used this is dead.
    public void kill() {
        refuses = true;
    }

    /// Lets time pass in steps on a loop, each when all answers to the last are there.
    public void pass(ManualLoop loop, Duration duration) {
        settle(loop);
        loop.advance(duration);
        settle(loop);
    }

    public void settle(ManualLoop loop) {
        long deadlineNanos = System.nanoTime() + EngineContract.TIMEOUT.toNanos();
        while (unanswered.get() > 0 || !loop.isIdle()) {
            assertTrue(System.nanoTime() < deadlineNanos, "the engine does not answer");
            loop.run();
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {}

    @Override
    protected <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
        if (refuses) {
            return new CompletableFuture<>();
        }
        unanswered.incrementAndGet();
        CompletableFuture<T> answer = new CompletableFuture<>();
        // In this order: who waits has been told when it counts as answered.
        CompletableFuture<T> _ =
                request.get()
                        .whenComplete((value, failure) -> {
                            if (failure == null) {
                                answer.complete(value);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                            unanswered.decrementAndGet();
                        });
        return answer;
    }
}
