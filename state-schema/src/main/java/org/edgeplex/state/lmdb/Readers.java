package org.edgeplex.state.lmdb;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;

/// Lends a process's few reader slots to its many threads, each for the time of one read.
final class Readers {
    /// More would only wait for the processors.
    private static final int READERS_MAX = 16;

    private final Environment environment;
    private final Arena arena;
    private final Semaphore free = new Semaphore(READERS_MAX);

    /// The readers that nobody uses.
    private final AtomicReferenceArray<@Nullable Reader> parked =
            new AtomicReferenceArray<>(READERS_MAX);

    private volatile boolean closed;

    Readers(Environment environment, Arena arena) {
        this.environment = environment;
        this.arena = arena;
    }

    /// A snapshot of the present, which its closing gives back.
    Reader begin(Duration timeout) {
        acquire(timeout);
        Reader reader = take();
        try {
            reader.begin();
            return reader;
        } catch (StoreException e) {
            putBack(reader);
            throw e;
        }
    }

    <T> T read(Duration timeout, Function<Reader, T> work) {
        try (Reader reader = begin(timeout)) {
            return work.apply(reader);
        }
    }

    void end(Reader reader) {
        reader.park();
        putBack(reader);
    }

    private Reader take() {
        for (int i = 0; i < READERS_MAX; i++) {
            if (parked.getPlain(i) != null) {
                Reader reader = parked.getAndSet(i, null);
                if (reader != null) {
                    return reader;
                }
            }
        }
        return new Reader(environment, this, arena);
    }

    private void putBack(Reader reader) {
        if (!isParked(reader)) {
            // Somebody made one more while others were being put back.
            reader.end();
        }
        free.release();
    }

    private boolean isParked(Reader reader) {
        for (int i = 0; i < READERS_MAX; i++) {
            if (parked.compareAndSet(i, null, reader)) {
                return true;
            }
        }
        return false;
    }

    /// Runs what needs the environment open until it is done.
    <T> T guarded(Duration timeout, Supplier<T> work) {
        acquire(timeout);
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private void acquire(Duration timeout) {
        try {
            if (!free.tryAcquire() && !free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException("no answer within " + timeout + ": too many readers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to read", e);
        }
        if (closed) {
            free.release();
            throw environment.closedException();
        }
    }

    /// Waits for the reads under way. Returns whether all ended; none begins any more.
    boolean close(Duration timeout) {
        closed = true;
        boolean ended = false;
        try {
            ended = free.tryAcquire(READERS_MAX, timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            for (int i = 0; i < READERS_MAX; i++) {
                Reader reader = parked.getAndSet(i, null);
                if (reader != null) {
                    reader.end();
                }
            }
            free.release(READERS_MAX);
        }
        return ended;
    }
}
