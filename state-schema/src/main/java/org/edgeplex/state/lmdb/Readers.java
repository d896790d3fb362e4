package org.edgeplex.state.lmdb;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.edgeplex.state.StoreException;

/// Lends a process's few reader slots to its many threads, each for the time of one read.
final class Readers {
    /// More would only wait for the processors.
    private static final int READERS_MAX = 16;

    private final Environment environment;
    private final Arena arena;
    private final Semaphore free = new Semaphore(READERS_MAX);
    private final ConcurrentLinkedDeque<Reader> parked = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Environment environment, Arena arena) {
        this.environment = environment;
        this.arena = arena;
    }

    <T> T read(Duration timeout, Function<Reader, T> work) {
        return guarded(
                timeout,
                () -> {
                    Reader parkedReader = parked.pollFirst();
                    Reader reader =
                            parkedReader == null ? new Reader(environment, arena) : parkedReader;
                    try {
                        reader.begin();
                        return work.apply(reader);
                    } finally {
                        reader.park();
                        parked.addFirst(reader);
                    }
                });
    }

    /// Runs what needs the environment open until it is done.
    <T> T guarded(Duration timeout, Supplier<T> work) {
        try {
            if (!free.tryAcquire() && !free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException("no answer within " + timeout + ": too many readers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to read", e);
        }
        try {
            if (closed) {
                throw environment.closedException();
            }
            return work.get();
        } finally {
            free.release();
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
            parked.forEach(Reader::end);
            parked.clear();
            free.release(READERS_MAX);
        }
        return ended;
    }
}
