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
import java.util.function.Function;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of a process that writes: what has come in while a transaction ran goes into the
/// next one together.
///
/// The lock of the environment may be held by a process that was stopped, so nobody but this thread
/// ever waits for it; callers wait for their futures, which have timeouts.
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
    private long deadReadersReleasedNanos = System.nanoTime();
    private volatile boolean closed;
    private @Nullable Thread thread;

    GroupWriter(Environment environment, Arena arena) {
        this.environment = environment;
        this.transaction = new Transaction(environment, arena);
    }

    /// The future is completed by the writer's thread after the commit, or fails without effect.
    ///
    /// @param bytes the size of what is written
    <T> CompletableFuture<T> submit(
            int writes, long bytes, Function<Transaction, T> work, Duration timeout) {
        if (closed) {
            return CompletableFuture.failedFuture(environment.closedException());
        }
        start();
        Request<T> request = new Request<>(writes, bytes, work);
        try {
            // Back-pressure: who floods the store waits here, not longer than for an answer.
            if (!waiting.offer(request)
                    && !waiting.offer(request, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                request.future.completeExceptionally(
                        new StoreException(
                                REQUESTS_WAITING_MAX + " writes wait for the store already"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.future.completeExceptionally(
                    new StoreException("interrupted before the store took the write", e));
        }
        return request.future;
    }

    /// Does what was submitted before and stops. Returns whether it has stopped.
    boolean close(Duration timeout) {
        closed = true;
        Thread started = started();
        if (started == null) {
            return true;
        }
        try {
            if (waiting.offer(last, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                started.join(timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("store-writer").daemon().start(this::run);
        }
    }

    private synchronized @Nullable Thread started() {
        return thread;
    }

    private void run() {
        boolean running = true;
        while (running) {
            try {
                Request<?> first = waiting.take();
                running = first != last;
                if (running) {
                    writeGroup(first);
                    releaseDeadReadersAtTimes();
                }
            } catch (InterruptedException e) {
                LOG.warn("interrupted: the store's writer goes on");
            }
        }
    }

    private void writeGroup(Request<?> first) {
        List<Request<?>> group = new ArrayList<>();
        group.add(first);
        Optional<StoreException> failure = attempt(group, true);
        if (failure.isEmpty()) {
            return;
        }
        if (failure.get() instanceof Errors.Full) {
            // Readers that died keep old pages from being used again.
            environment.releaseDeadReaders();
        } else if (group.size() == 1) {
            first.future.completeExceptionally(failure.get());
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
        try (Transaction begun = transaction.begin()) {
            if (fill) {
                // Only now: what came, and what timed out, while another process had the lock.
                fill(group);
            }
            write(begun, group);
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e);
        } catch (RuntimeException | Error e) {
            LOG.error("the store's writer failed", e);
            return Optional.of(new StoreException("the store's writer failed: " + e, e));
        }
    }

    private void write(Transaction begun, List<Request<?>> group) {
        List<Runnable> completions = new ArrayList<>(group.size());
        long bytes = 0;
        int writes = 0;
        for (Request<?> request : group) {
            bytes += request.bytes;
            writes += request.writes;
        }
        environment.claimSpace(writes, bytes);
        begun.readSequences();
        for (Request<?> request : group) {
            if (!request.isOver()) {
                completions.add(request.doIn(begun));
            }
        }
        begun.commit();
        completions.forEach(Runnable::run);
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
        long nowNanos = System.nanoTime();
        if (nowNanos - deadReadersReleasedNanos > DEAD_READERS_INTERVAL_NANOS) {
            deadReadersReleasedNanos = nowNanos;
            environment.releaseDeadReaders();
        }
    }
}
