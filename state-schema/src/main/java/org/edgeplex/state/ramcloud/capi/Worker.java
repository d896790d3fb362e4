package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread with a client of the library, which no other thread touches, and the memory that it
/// works in. It ends when its lane says so: at the end of the client, or when it was abandoned and
/// comes out of the library at last.
final class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration CONNECT_AGAIN = Duration.ofMillis(200);

    private final RamcloudLibrary library;
    private final LibraryOptions options;
    private final Lane lane;
    private final AtomicLong places;
    private final Thread thread;

    /// Since when it has been in the library; meaningless while it is not.
    private volatile long busySinceNanos;

    private volatile boolean isBusy;

    private Worker(RamcloudLibrary library, LibraryOptions options, Lane lane, AtomicLong places) {
        this.library = library;
        this.options = options;
        this.lane = lane;
        this.places = places;
        this.thread = Thread.ofPlatform().name(lane.name()).daemon().unstarted(this);
    }

    /// @param places the numbers of scans' places
    static Worker start(
            RamcloudLibrary library, LibraryOptions options, Lane lane, AtomicLong places) {
        Worker worker = new Worker(library, options, lane, places);
        worker.thread.start();
        return worker;
    }

    boolean isStuck(long nowNanos, long patienceNanos) {
        return isBusy && nowNanos - busySinceNanos > patienceNanos;
    }

    /// Waits for its end.
    void join(Duration time) throws InterruptedException {
        thread.join(time);
    }

    @Override
    public void run() {
        try (Arena arena = Arena.ofConfined()) {
            long client = connect(arena);
            if (client != 0) {
                try (Connection connection =
                        new Connection(library, client, options.serverSpan(), places, arena)) {
                    serve(connection);
                    begin();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a worker", e);
        } finally {
            lane.ended(this);
        }
    }

    private void serve(Connection connection) throws InterruptedException {
        for (List<Part> batch = lane.take(this); !batch.isEmpty(); batch = lane.take(this)) {
            begin();
            try {
                connection.perform(batch);
            } catch (RuntimeException | Error e) {
                LOG.error("a batch for RAMCloud's library failed", e);
                StoreException failure = new StoreException("RAMCloud's client failed: " + e, e);
                batch.forEach(part -> part.call().endWith(failure));
            }
            isBusy = false;
        }
    }

    /// Returns 0 if the worker must end.
    private long connect(Arena arena) throws InterruptedException {
        MemorySegment locator = arena.allocateFrom(options.locator());
        MemorySegment cluster = arena.allocateFrom(options.cluster());
        MemorySegment client = arena.allocate(JAVA_LONG);
        while (true) {
            begin();
            int status = library.connect(locator, cluster, client.address());
            isBusy = false;
            if (status == Status.OK) {
                return client.get(JAVA_LONG, 0);
            }
            String why = "cannot connect to " + options.locator() + ": " + Status.name(status);
            if (!lane.pause(this, CONNECT_AGAIN, why)) {
                return 0;
            }
        }
    }

    private void begin() {
        busySinceNanos = System.nanoTime();
        isBusy = true;
    }
}
