package org.edgeplex.state.turn;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Which thread reads from a source: the owner's, or that of a caller who waits.
public final class ReadingTurn implements Answers {
    /// Where answers come from. Read by one thread at a time.
    public interface Source {
        /// Waits until something came, so long at most, and takes what came. Returns at once, with
        /// or without something, after [#wakeUp] and while the thread is interrupted.
        ///
        /// @throws IOException nothing more will come
        void read(long nanosMax) throws IOException;

        /// Has the [#read] that waits return; without one, the next.
        void wakeUp();

        /// Whether it must be read on: answers are to come, or a read of it cannot be woken up.
        boolean mustBeRead();

        /// Whether there is something to do besides, which is the owner's: a caller who reads
        /// leaves the reading to him.
        default boolean needsOwner() {
            return false;
        }
    }

    /// Who reads.
    private sealed interface Holder {}

    private enum Own implements Holder {
        NOBODY,
        OWNER
    }

    /// A caller, who waits for this.
    private record Caller(Awaited<?> waiting, Thread thread) implements Holder {}

    /// So many calls must have been waited for one after the other before the owner steps back.
    private static final int SERIES_MIN = 32;

    /// Longer ones are as good.
    private static final int SERIES_MAX = 300;

    /// How long an answer may lie there that nobody waits for, at the end of such a series, for
    /// each of its calls: less than what that saved. Each look takes a processor from the caller or
    /// from his server.
    private static final long LOOK_NANOS_PER_CALL = 10_000;

    /// A waiter who was not told that there is nothing to wait for any more looks after so long.
    private static final long READ_NANOS_MAX = 10_000_000;

    private final AtomicReference<Holder> holder = new AtomicReference<>(Own.OWNER);
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Source source;
    private volatile @Nullable Thread owner;
    private volatile @Nullable IOException failure;

    /// Calls that were waited for one after the other.
    private final AtomicInteger series = new AtomicInteger();

    /// Whether the answer that was made last is not waited for yet.
    private volatile boolean isUnawaited;

    /// Calls whose callers read.
    private final AtomicInteger calls = new AtomicInteger();

    /// A new answer, which the source will bring.
    @Override
    public <T> Awaited<T> newAnswer() {
        if (isUnawaited) {
            endSeries();
        }
        isUnawaited = true;
        return new Awaited<>(this, null);
    }

    /// Nobody will wait for the answer that was just made: the owner is to read it.
    void expectNobody() {
        isUnawaited = true;
        endSeries();
    }

    /// There is something for the owner: see [Source#needsOwner].
    public void callOwner() {
        endSeries();
        Source from = source;
        if (from != null) {
            from.wakeUp();
        }
    }

    private void endSeries() {
        if (series.get() > 0) {
            series.set(0);
            if (holder.get() == Own.NOBODY) {
                LockSupport.unpark(owner);
            }
        }
    }

    /// The owner's thread: reads, or lets callers read, until the source fails. No other thread
    /// reads from it after that.
    public void serve(Source from) throws IOException {
        owner = Thread.currentThread();
        failure = null;
        source = from;
        try {
            while (true) {
                if (series.get() >= SERIES_MIN && !from.mustBeRead() && !from.needsOwner()) {
                    stepBack(from);
                }
                runHandedOver();
                IOException failed = failure;
                if (failed != null) {
                    throw failed;
                }
                from.read(Long.MAX_VALUE);
            }
        } finally {
            source = null;
            series.set(0);
            runHandedOver();
        }
    }

    private void stepBack(Source from) {
        holder.set(Own.NOBODY);
        int seen = calls.get();
        while (holder.get() != Own.OWNER) {
            LockSupport.parkNanos(this, Math.max(SERIES_MIN, series.get()) * LOOK_NANOS_PER_CALL);
            runHandedOver();
            boolean isWanted =
                    series.get() < SERIES_MIN
                            || calls.get() == seen
                            || from.mustBeRead()
                            || from.needsOwner();
            if (isWanted && holder.compareAndSet(Own.NOBODY, Own.OWNER)) {
                return;
            }
            seen = calls.get();
        }
    }

    private void runHandedOver() {
        for (Runnable task; (task = handedOver.poll()) != null; ) {
            task.run();
        }
    }

    /// Reads for as long as the answer is not there, if nobody else does.
    void await(Awaited<?> waiting, long nanos) {
        isUnawaited = false;
        if (waiting.isDone()) {
            return;
        }
        Thread thread = Thread.currentThread();
        if (thread.isVirtual()) {
            // It does not read, and neither would the owner who stepped back.
            endSeries();
            return;
        }
        if (series.get() < SERIES_MAX) {
            series.incrementAndGet();
        }
        if (holder.get() != Own.NOBODY) {
            return;
        }
        Caller caller = new Caller(waiting, thread);
        if (!holder.compareAndSet(Own.NOBODY, caller)) {
            return;
        }
        Source from = source;
        if (from == null) {
            throw new IllegalStateException("the owner stepped back without a source");
        }
        calls.incrementAndGet();
        boolean isOver = false;
        try {
            read(from, caller, nanos);
            isOver = !from.mustBeRead() && !from.needsOwner();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("what was read could not be taken: " + e, e);
        } finally {
            leave(isOver);
        }
    }

    private static void read(Source from, Caller caller, long nanos) throws IOException {
        Awaited<?> origin = caller.waiting.origin();
        long startNanos = System.nanoTime();
        long left = nanos;
        while (left > 0
                && !origin.isDone()
                && !caller.waiting.isDone()
                && !caller.thread.isInterrupted()
                && !from.needsOwner()) {
            from.read(Math.min(left, READ_NANOS_MAX));
            left = nanos - (System.nanoTime() - startNanos);
        }
    }

    /// Others wait when it is not over: then the owner goes on.
    private void leave(boolean isOver) {
        if (isOver) {
            holder.set(Own.NOBODY);
            return;
        }
        series.set(0);
        holder.set(Own.OWNER);
        LockSupport.unpark(owner);
    }

    /// Whether further answers may wait for this thread.
    public boolean isReader() {
        Thread thread = Thread.currentThread();
        return thread.equals(owner)
                || holder.get() instanceof Caller caller && caller.thread.equals(thread);
    }

    /// Runs what completes an answer, or has the owner run it: on a caller's thread nothing happens
    /// that he does not wait for.
    @Override
    public void complete(CompletableFuture<?> answer, Runnable completion) {
        if (holder.get() instanceof Caller caller
                && caller.thread.equals(Thread.currentThread())
                && caller.waiting.origin() != answer) {
            handedOver.add(completion);
            LockSupport.unpark(owner);
        } else {
            completion.run();
        }
    }

    /// Tells who waits for it and reads.
    void completed(Awaited<?> done) {
        if (holder.get() instanceof Caller caller
                && (caller.waiting.equals(done) || caller.waiting.origin().equals(done))
                && !caller.thread.equals(Thread.currentThread())) {
            Source from = source;
            if (from != null) {
                from.wakeUp();
            }
        }
    }
}
