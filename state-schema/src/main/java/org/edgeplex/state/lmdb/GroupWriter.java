package org.edgeplex.state.lmdb;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writes of a process. Who finds the lock free and nobody before him writes at once, on his
/// own thread. Otherwise one thread writes for all: what has come in while a transaction ran goes
/// into the next one together.
///
/// The lock may be held by a process that was stopped, so nobody but that thread ever waits for it;
/// callers wait for their futures, which have timeouts. Nor do callers wait for a disk.
final class GroupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int REQUESTS_WAITING_MAX = 4_096;
    private static final int GROUP_WRITES_MAX = 1_000;
    private static final long GROUP_BYTES_MAX = 4L << 20;
    private static final long DEAD_READERS_INTERVAL_NANOS = 10_000_000_000L;

    /// What a caller wants done in a transaction.
    private static final class Request<T> {
        final int writes;
        final long bytes;
        final Function<Transaction, T> work;
        final CompletableFuture<T> future = new CompletableFuture<>();

        Request(int writes, long bytes, Function<Transaction, T> work) {
            this.writes = writes;
            this.bytes = bytes;
            this.work = work;
        }

        /// Its caller has had an answer, that the deadline passed: it must not be done any more.
        boolean isOver() {
            return future.isDone();
        }

        Runnable doIn(Transaction transaction) {
            T result = work.apply(transaction);
            return () -> future.complete(result);
        }
    }

    private final Environment environment;
    private final Transaction transaction;
    private final BlockingQueue<Request<?>> waiting =
            new ArrayBlockingQueue<>(REQUESTS_WAITING_MAX);
    private final Request<Boolean> last = new Request<>(0, 0, _ -> true);

    /// Requests that the thread has to do: a later write must not overtake them.
    private final AtomicInteger queued = new AtomicInteger();

    private volatile long deadReadersReleasedNanos = System.nanoTime();
    private volatile boolean closed;
    private @Nullable Thread thread;

    GroupWriter(Environment environment, Arena arena) {
        this.environment = environment;
        this.transaction = new Transaction(environment, arena);
    }

    /// The future is completed after the commit, when this returns or later by the writer's thread,
    /// or fails without effect.
    ///
    /// @param bytes the size of what is written
    <T> CompletableFuture<T> submit(
            int writes, long bytes, Function<Transaction, T> work, Duration timeout) {
        Request<T> request = new Request<>(writes, bytes, work);
        if (queued.get() > 0 || isForTheThread() || !attemptHere(request)) {
            enqueue(request, timeout);
        }
        return request.future;
    }

    /// What may wait for a disk or for other processes.
    private boolean isForTheThread() {
        return environment.waitsForDisk() || isReleaseDue();
    }

    /// False if somebody has the lock, or the store is full, for which the thread knows a remedy.
    private boolean attemptHere(Request<?> request) {
        List<Request<?>> group = List.of(request);
        List<Runnable> completions = new ArrayList<>(1);
        try (Transaction begun = transaction.tryBegin()) {
            if (begun == null || closed) {
                return false;
            }
            write(begun, group, completions);
        } catch (Errors.Full e) {
            return false;
        } catch (RuntimeException | Error e) {
            completions.clear();
            completions.add(() -> request.future.completeExceptionally(failure(e)));
        }
        // Not while we have the lock: whoever hears of it may write again.
        completions.forEach(Runnable::run);
        return true;
    }

    private void enqueue(Request<?> request, Duration timeout) {
        if (!start()) {
            request.future.completeExceptionally(environment.closedException());
            return;
        }
        queued.incrementAndGet();
        try {
            // Back-pressure: who floods the store waits here, not longer than for an answer.
            if (!waiting.offer(request)
                    && !waiting.offer(request, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                request.future.completeExceptionally(
                        new StoreException(
                                REQUESTS_WAITING_MAX + " writes wait for the store already"));
                queued.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.future.completeExceptionally(
                    new StoreException("interrupted before the store took the write", e));
            queued.decrementAndGet();
        }
    }

    /// Does what was submitted before and stops. Returns whether it has stopped.
    boolean close(Duration timeout) {
        Thread started = closeForNew();
        try {
            return (started == null || end(started, timeout))
                    && environment.writeLock().close(timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean end(Thread started, Duration timeout) throws InterruptedException {
        if (waiting.offer(last, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            started.join(timeout);
        }
        for (Request<?> left; (left = waiting.poll()) != null; ) {
            left.future.completeExceptionally(environment.closedException());
        }
        if (started.isAlive()) {
            // When it comes back from the lock, it finds nothing but the end.
            waiting.add(last);
            return false;
        }
        return true;
    }

    /// False after the end.
    private synchronized boolean start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().name("store-writer").daemon().start(this::run);
        }
        return !closed;
    }

    private synchronized @Nullable Thread closeForNew() {
        closed = true;
        return thread;
    }

    private void run() {
        boolean running = true;
        while (running) {
            try {
                Request<?> first = waiting.take();
                running = first != last;
                if (running) {
                    List<Request<?>> group = new ArrayList<>();
                    group.add(first);
                    writeGroup(group);
                    queued.addAndGet(-group.size());
                    releaseDeadReadersAtTimes();
                }
            } catch (InterruptedException e) {
                LOG.warn("interrupted: the store's writer goes on");
            }
        }
    }

    /// @param group the first one; the others join it
    private void writeGroup(List<Request<?>> group) {
        Optional<StoreException> failure = attempt(group, true);
        if (failure.isEmpty()) {
            return;
        }
        if (failure.get() instanceof Errors.Full) {
            // Readers that died keep old pages from being used again.
            environment.releaseDeadReaders();
        } else if (group.size() == 1) {
            group.getFirst().future.completeExceptionally(failure.get());
            return;
        }
        // One that fails aborts the transaction of all: the others must not suffer from it.
        for (Request<?> request : group) {
            attempt(List.of(request), false).ifPresent(request.future::completeExceptionally);
        }
    }

    /// Writes all of the group, or fails and writes nothing of it.
    ///
    /// @param fill with what else is waiting
    private Optional<StoreException> attempt(List<Request<?>> group, boolean fill) {
        List<Runnable> completions = new ArrayList<>();
        try (Transaction begun = transaction.begin()) {
            if (fill) {
                // Only now: what came, and what timed out, while another process had the lock.
                fill(group);
            }
            write(begun, group, completions);
        } catch (RuntimeException | Error e) {
            return Optional.of(failure(e));
        }
        completions.forEach(Runnable::run);
        return Optional.empty();
    }

    private static StoreException failure(Throwable thrown) {
        if (thrown instanceof StoreException expected) {
            return expected;
        }
        LOG.error("the store's writer failed", thrown);
        return new StoreException("the store's writer failed: " + thrown, thrown);
    }

    private void write(Transaction begun, List<Request<?>> group, List<Runnable> completions) {
        claim(group);
        begun.readSequences();
        for (Request<?> request : group) {
            if (!request.isOver()) {
                completions.add(request.doIn(begun));
            }
        }
        begun.commit();
    }

    private void claim(List<Request<?>> group) {
        long bytes = 0;
        int writes = 0;
        for (Request<?> request : group) {
            bytes += request.bytes;
            writes += request.writes;
        }
        environment.claimSpace(writes, bytes);
    }

    private void fill(List<Request<?>> group) {
        int writes = group.getFirst().writes;
        long bytes = group.getFirst().bytes;
        while (writes < GROUP_WRITES_MAX && bytes < GROUP_BYTES_MAX) {
            Request<?> next = waiting.peek();
            if (next == null || next == last) {
                return;
            }
            group.add(waiting.remove());
            writes += next.writes;
            bytes += next.bytes;
        }
    }

    private void releaseDeadReadersAtTimes() {
        if (isReleaseDue()) {
            deadReadersReleasedNanos = System.nanoTime();
            environment.releaseDeadReaders();
        }
    }

    private boolean isReleaseDue() {
        return System.nanoTime() - deadReadersReleasedNanos > DEAD_READERS_INTERVAL_NANOS;
    }
}
