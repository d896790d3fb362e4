package org.edgeplex.state.redis;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where commands go, and whose turn it is to send them.
///
/// A caller's thread sends its command itself unless another thread is just sending: then that one
/// takes it along. Nobody but the sender's own thread ever waits for a socket to take octets:
/// others send only while so little is unanswered that the socket has room for it.
final class Sender {
    /// Less than what a socket takes without being read.
    private static final long DIRECT_BYTES_MAX = 1 << 16;

    private final ReentrantLock lock;
    private final Pipeline pipeline;
    private final RespWriter out = new RespWriter();
    private final Thread thread;

    /// Whether a thread has `out` and the right to send. Under the lock.
    private boolean sending;

    /// Under the lock; null: there is none.
    private @Nullable Connection connection;

    private volatile boolean threadsTurn;
    private volatile boolean closed;

    /// @param lock guards the pipeline
    Sender(ReentrantLock lock, Pipeline pipeline) {
        this.lock = lock;
        this.pipeline = pipeline;
        this.thread = Thread.ofPlatform().name("redis-sender").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Under the lock: commands go there from now on.
    void connect(Connection to) {
        connection = to;
    }

    /// Under the lock: closes the connection, if there is one.
    void disconnect() {
        if (connection != null) {
            Connector.closeQuietly(connection);
            connection = null;
        }
    }

    /// Under the lock.
    @Nullable Connection connection() {
        return connection;
    }

    /// Under the lock: whether this thread is to [#flush] now.
    boolean claim() {
        if (sending || connection == null || !pipeline.hasWork()) {
            return false;
        }
        sending = true;
        return true;
    }

    /// Sends what there is to send, by the thread that claimed it.
    void flush() {
        flush(false);
    }

    private void flush(boolean mayWait) {
        while (true) {
            Connection to;
            lock.lock();
            try {
                to = connection;
                if (to == null || !pipeline.hasWork()) {
                    sending = false;
                    return;
                }
                if (!mayWait && pipeline.unansweredBytes() > DIRECT_BYTES_MAX) {
                    callThread();
                    return;
                }
                out.clear();
                pipeline.fill(out, System.nanoTime());
                if (!mayWait && pipeline.unansweredBytes() > DIRECT_BYTES_MAX) {
                    callThread();
                    return;
                }
            } finally {
                lock.unlock();
            }
            write(to);
        }
    }

    private void callThread() {
        threadsTurn = true;
        LockSupport.unpark(thread);
    }

    private void write(Connection to) {
        if (out.size() == 0) {
            return;
        }
        try {
            to.write(out);
        } catch (IOException _) {
            // The reader finds it closed, and takes care of what was under way.
            Connector.closeQuietly(to);
            gone(to);
        }
        out.clear();
    }

    private void gone(Connection which) {
        lock.lock();
        try {
            if (connection == which) {
                connection = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /// The sender's thread: sends what may have to wait.
    private void run() {
        while (!closed) {
            if (!threadsTurn) {
                LockSupport.park(this);
                continue;
            }
            threadsTurn = false;
            Connection to;
            lock.lock();
            try {
                to = connection;
            } finally {
                lock.unlock();
            }
            if (to != null) {
                write(to);
            }
            flush(true);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
