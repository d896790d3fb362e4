package org.edgeplex.state.turn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// An answer, or what is made of one: who waits for it may read it himself, see the package.
public final class Awaited<T> extends CompletableFuture<T> {
    /// As good as forever, and far from an overflow.
    private static final long UNLIMITED_NANOS = Long.MAX_VALUE >> 2;

    private final ReadingTurn turn;

    /// The answer that this one is made of; null: it is one.
    private final @Nullable Awaited<?> origin;

    Awaited(ReadingTurn turn, @Nullable Awaited<?> origin) {
        this.turn = turn;
        this.origin = origin;
    }

    /// The answer behind it.
    Awaited<?> origin() {
        return origin == null ? this : origin;
    }

    /// Nobody will wait for this answer, which was just made: somebody else is to read it.
    public static void byNobody(CompletableFuture<?> answer) {
        if (answer instanceof Awaited<?> awaited) {
            awaited.turn.expectNobody();
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Awaited<>(turn, origin());
    }

    @Override
    public T join() {
        turn.await(this, UNLIMITED_NANOS);
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        turn.await(this, UNLIMITED_NANOS);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long startNanos = System.nanoTime();
        long nanos = Math.min(unit.toNanos(timeout), UNLIMITED_NANOS);
        turn.await(this, nanos);
        return super.get(nanos - (System.nanoTime() - startNanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean complete(T value) {
        boolean changed = super.complete(value);
        turn.completed(this);
        return changed;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean changed = super.completeExceptionally(failure);
        turn.completed(this);
        return changed;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean changed = super.cancel(mayInterruptIfRunning);
        turn.completed(this);
        return changed;
    }
}
