package org.edgeplex.state.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Looks after what takes its time on a link: deadlines, silence, and the session's age. A thread.
final class LinkWatch implements Runnable {
    private static final long TICK_NANOS = 10_000_000;
    private static final long RENEWAL_NANOS = 3_600_000_000_000L;

    private final Link link;
    private final ReentrantLock lock;
    private final Pipeline pipeline;
    private final Sender sender;
    private final Connector connector;
    private final long silenceNanosMax;
    private final List<Call> finished = new ArrayList<>();
    private long renewedNanos = System.nanoTime();

    /// @param lock guards the pipeline
    /// @param silenceNanosMax after which a connection is taken for dead
    LinkWatch(
            Link link,
            ReentrantLock lock,
            Pipeline pipeline,
            Sender sender,
            Connector connector,
            long silenceNanosMax) {
        this.link = link;
        this.lock = lock;
        this.pipeline = pipeline;
        this.sender = sender;
        this.connector = connector;
        this.silenceNanosMax = silenceNanosMax;
    }

    @Override
    public void run() {
        while (!link.isClosed()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            look(System.nanoTime());
        }
    }

    private void look(long now) {
        Connection silent = null;
        boolean send = false;
        lock.lock();
        try {
            pipeline.expire(now, link.overdue());
            pipeline.drainFinished(finished);
            if (now - pipeline.oldestSentNanos(now) > silenceNanosMax) {
                silent = sender.connection();
            }
            if (now - renewedNanos > RENEWAL_NANOS) {
                renewedNanos = now;
                pipeline.renew();
                send = sender.claim();
            }
        } finally {
            lock.unlock();
        }
        if (send) {
            sender.flush();
        }
        finished.forEach(link::finish);
        finished.clear();
        if (silent != null) {
            Connector.closeQuietly(silent);
        }
        long since = link.connectingSinceNanos();
        if (since != 0 && now - since > silenceNanosMax) {
            connector.abort();
        }
    }
}
