package org.edgeplex.cvm;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// What speakers and watchers have for the CVM's thread; who offers waits when it is full, and so
/// slows its peer down.
final class Inbox {
    static final int EVENTS_MAX = 4_096;

    /// Events taken in one pass, so that a flood of them cannot keep the rest waiting.
    private static final int PASS_MAX = 256;

    private static final long OFFER_MILLIS = 100;

    private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(EVENTS_MAX);

    private volatile boolean closed;

    /// Waits for room. When the CVM stops, what still happens is of no interest.
    void put(Runnable event) {
        try {
            while (!closed && !events.offer(event, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
                // full: wait on, unless closed meanwhile
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // its thread is on its way out
        }
    }

    void close() {
        closed = true;
    }

    /// Runs what is there, waiting at most so long for the first.
    void drain(long waitMillis) throws InterruptedException {
        Runnable event = events.poll(waitMillis, TimeUnit.MILLISECONDS);
        for (int count = 0; event != null && count < PASS_MAX; count++) {
            event.run();
            event = count < PASS_MAX - 1 ? events.poll() : null;
        }
    }
}
