package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operations of one kind that wait, and the worker that does them. The worker is started by
/// the first, and replaced when it does not come back from the library.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final String name;
    private final long patienceNanos;
    private final Semaphore abandonable;
    private final Function<Lane, Worker> starter;
    private final Deque<Part> waiting = new ArrayDeque<>();
    private @Nullable Worker worker;
    private boolean isClosed;

    /// @param abandonable how many more workers may be abandoned, by all lanes together
    /// @param starter starts a worker, which then takes from this lane
    Lane(String name, Duration patience, Semaphore abandonable, Function<Lane, Worker> starter) {
        this.name = name;
        this.patienceNanos = patience.toNanos();
        this.abandonable = abandonable;
        this.starter = starter;
    }

    String name() {
        return name;
    }

    /// Fails if all workers that there may be are in the library and do not come out.
    synchronized void submit(List<Part> parts, long nowNanos) {
        watch(nowNanos);
        if (worker == null) {
            worker = starter.apply(this);
        } else if (worker.isStuck(nowNanos, patienceNanos)) {
            throw new StoreException(
                    "RAMCloud cannot be reached: its library has not answered for %s: see that the"
                                    .formatted(Duration.ofNanos(patienceNanos))
                            + " coordinator and the servers of the cluster run");
        }
        waiting.addAll(parts);
        notifyAll();
    }

    /// Gives up a worker that has been in the library for too long, if that may be done.
    synchronized void watch(long nowNanos) {
        if (worker != null
                && worker.isStuck(nowNanos, patienceNanos)
                && !isClosed
                && abandonable.tryAcquire()) {
            LOG.warn(
                    "RAMCloud's library has not answered for {}: its thread {} is abandoned to it"
                            + " and replaced",
                    Duration.ofNanos(patienceNanos),
                    name);
            worker = waiting.isEmpty() ? null : starter.apply(this);
        }
    }

    /// Waits for work; empty: the worker must end.
    synchronized List<Part> take(Worker asking) throws InterruptedException {
        while (asking == worker && !isClosed) {
            Part first = next();
            if (first != null) {
                waiting.remove();
                List<Part> batch = new ArrayList<>();
                batch.add(first);
                if (first.call() instanceof ReadCall) {
                    fill(batch, first);
                }
                return batch;
            }
            wait();
        }
        return List.of();
    }

    /// Adds the reads that wait behind the first, as far as there is room.
    private void fill(List<Part> batch, Part first) {
        int items = first.size();
        int bytes = first.bytes();
        for (Part part = next(); part != null; part = next()) {
            items += part.size();
            bytes += part.bytes();
            if (!(part.call() instanceof ReadCall)
                    || items > Batch.ITEMS_MAX
                    || bytes > Batch.REQUEST_BYTES) {
                return;
            }
            batch.add(waiting.remove());
        }
    }

    /// The first whose time is not over: what has not begun by then is never done.
    private @Nullable Part next() {
        Part part = waiting.peek();
        while (part != null && part.call().isDone()) {
            waiting.remove();
            part = waiting.peek();
        }
        return part;
    }

    /// Waits, for the worker, as long as it has something to do; false: it must end.
    synchronized boolean pause(Worker asking, Duration time, String why)
            throws InterruptedException {
        waiting.forEach(part -> part.call().trouble(why));
        long endNanos = System.nanoTime() + time.toNanos();
        long leftMillis = time.toMillis();
        while (asking == worker && !isClosed && leftMillis > 0) {
            wait(leftMillis);
            leftMillis = Duration.ofNanos(endNanos - System.nanoTime()).toMillis();
        }
        return asking == worker && !isClosed;
    }

    /// The worker has ended.
    synchronized void ended(Worker ending) {
        if (ending == worker) {
            worker = null;
        } else {
            abandonable.release();
            LOG.info("RAMCloud's library has given back an abandoned thread of {}", name);
        }
    }

    /// What waits is for the calls to end. Returns the worker, which ends by itself.
    synchronized @Nullable Worker close() {
        isClosed = true;
        waiting.clear();
        notifyAll();
        return worker;
    }
}
