package org.edgeplex.state.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.state.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to the server, kept up for as long as the store is open, and its threads.
///
/// A caller's thread sends its command itself unless another thread is just sending: then that one
/// takes it along. Nobody but the sender thread ever waits for a socket to take octets: others send
/// only while so little is unanswered that the socket has room for it.
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    /// Less than what a socket takes without being read.
    private static final long DIRECT_BYTES_MAX = 1 << 16;

    /// What may wait at once: requests, and 4 KiB of what is written each.
    static final int COST_MAX = 16_384;

    private static final long TICK_NANOS = 10_000_000;
    private static final long SILENCE_NANOS_MAX = 5_000_000_000L;
    private static final long BACKOFF_NANOS_MIN = 10_000_000;
    private static final long BACKOFF_NANOS_MAX = 1_000_000_000;
    static final long SESSION_SECONDS = 7 * 24 * 3_600L;
    private static final long RENEWAL_NANOS = 3_600_000_000_000L;

    private final String name;
    private final Connector connector;
    private final Pipeline pipeline;
    private final long silenceNanosMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition backoff = lock.newCondition();
    private final RespWriter out = new RespWriter();
    private final Semaphore room = new Semaphore(COST_MAX);

    /// Why the store cannot be opened; empty: it is open.
    private final CompletableFuture<String> opened = new CompletableFuture<>();

    private final AtomicLong throttled = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Thread receiver;
    private final Thread sender;
    private final Thread watch;

    /// Whether a thread has `out` and the right to send.
    private boolean sending;

    private @Nullable Connection connection;
    private String trouble = "the server has not answered yet";
    private volatile boolean senderTurn;
    private volatile boolean closed;
    private volatile long connectingSinceNanos;

    Link(String name, Connector connector, Pipeline pipeline, int waitMillis) {
        this.name = name;
        this.connector = connector;
        this.pipeline = pipeline;
        this.silenceNanosMax = SILENCE_NANOS_MAX + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        receiver = Thread.ofPlatform().name("redis-receiver").daemon().unstarted(this::receive);
        sender = Thread.ofPlatform().name("redis-sender").daemon().unstarted(this::send);
        watch = Thread.ofPlatform().name("redis-watch").daemon().unstarted(this::watch);
    }

    /// Connects, or fails with [StoreException].
    void open() {
        receiver.start();
        sender.start();
        watch.start();
        String why;
        try {
            why = opened.get(OPEN_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            why = trouble();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted while it was opened";
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        }
        if (!why.isEmpty()) {
            close();
            throw new StoreException("store " + name + ": " + why);
        }
    }

    void submit(Read<?> read) {
        submit(read, () -> pipeline.add(read));
    }

    void submit(WriteCall call) {
        submit(call, () -> pipeline.add(call));
    }

    private void submit(Call call, Runnable add) {
        if (!admitted(call)) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                call.fail(closedException());
            } else {
                add.run();
                if (!claimSending()) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
        if (call.isOver()) {
            finish(call);
        } else {
            flush(false);
        }
    }

    /// Back-pressure: who floods the store waits here, not longer than for an answer.
    private boolean admitted(Call call) {
        if (room.tryAcquire(call.cost)) {
            return true;
        }
        throttled.incrementAndGet();
        String why = "more waits for the store already than it takes at once";
        try {
            // What hangs on an answer must not keep further answers from coming.
            long nanos =
                    Thread.currentThread().equals(receiver)
                            ? 0
                            : call.deadlineNanos - System.nanoTime();
            if (room.tryAcquire(call.cost, nanos, TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted before the store took the request";
        }
        call.fail(new StoreException("store " + name + ": " + why));
        call.finish();
        return false;
    }

    /// Under the lock: whether this thread is to send now.
    private boolean claimSending() {
        if (sending || connection == null || !pipeline.hasWork()) {
            return false;
        }
        sending = true;
        return true;
    }

    /// Sends what there is to send, by the thread that claimed it.
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
                    callSender();
                    return;
                }
                out.clear();
                pipeline.fill(out, System.nanoTime());
                if (!mayWait && pipeline.unansweredBytes() > DIRECT_BYTES_MAX) {
                    callSender();
                    return;
                }
            } finally {
                lock.unlock();
            }
            write(to);
        }
    }

    private void callSender() {
        senderTurn = true;
        LockSupport.unpark(sender);
    }

    private void write(Connection to) {
        if (out.size() == 0) {
            return;
        }
        try {
            to.write(out);
        } catch (IOException _) {
            // The receiver finds it closed, and takes care of what was under way.
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

    /// The sender thread: sends what may have to wait.
    private void send() {
        while (!closed) {
            if (!senderTurn) {
                LockSupport.park(this);
                continue;
            }
            senderTurn = false;
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

    /// The receiver thread: connects, takes replies, connects again.
    private void receive() {
        long pause = BACKOFF_NANOS_MIN;
        while (!closed) {
            try {
                connectingSinceNanos = System.nanoTime();
                Connector.Connected connected = connector.connect();
                connectingSinceNanos = 0;
                pause = BACKOFF_NANOS_MIN;
                resume(connected);
                receive(connected.connection());
            } catch (StoreException e) {
                if (opened.complete(String.valueOf(e.getMessage()))) {
                    return;
                }
                lost(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (!(e instanceof RespException) && !opened.isDone() && refusesAtOnce(e)) {
                    opened.complete(Connector.text(e));
                    return;
                }
                lost(Connector.text(e));
            } catch (RuntimeException | Error e) {
                LOG.error("the store's connection failed", e);
                lost("the store's connection failed: " + e);
            }
            connectingSinceNanos = 0;
            pause(pause);
            pause = Math.min(2 * pause, BACKOFF_NANOS_MAX);
        }
    }

    /// At first an error is told at once, but for a server that only needs time.
    private static boolean refusesAtOnce(IOException e) {
        return !Connector.text(e).contains("LOADING");
    }

    private void resume(Connector.Connected connected) {
        List<Call> finished = new ArrayList<>();
        boolean send;
        lock.lock();
        try {
            if (closed) {
                Connector.closeQuietly(connected.connection());
            }
            pipeline.resumed(connected.session());
            connection = connected.connection();
            trouble = "the server does not answer";
            pipeline.drainFinished(finished);
            send = claimSending();
        } finally {
            lock.unlock();
        }
        if (connections.getAndIncrement() > 0) {
            LOG.info("store {}: connected again", name);
        }
        opened.complete("");
        finished.forEach(this::finish);
        if (send) {
            flush(false);
        }
    }

    private void lost(String why) {
        List<Call> finished = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Connection was = connection;
            if (was != null) {
                Connector.closeQuietly(was);
                connection = null;
            }
            pipeline.lost();
            pipeline.drainFinished(finished);
            if (!trouble.equals(why)) {
                LOG.warn("store {}: {}", name, why);
            }
            trouble = why;
        } finally {
            lock.unlock();
        }
        finished.forEach(this::finish);
    }

    private void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = backoff.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted: the store's receiver goes on");
        } finally {
            lock.unlock();
        }
    }

    private void receive(Connection from) throws IOException {
        List<Reply> replies = new ArrayList<>();
        List<Call> finished = new ArrayList<>();
        while (true) {
            for (Reply reply; (reply = from.received()) != null; ) {
                replies.add(reply);
            }
            if (replies.isEmpty()) {
                from.receive();
                continue;
            }
            boolean send;
            lock.lock();
            try {
                // When this fails the connection is lost, and what is finished is told then.
                for (Reply reply : replies) {
                    pipeline.replied(reply);
                }
                pipeline.drainFinished(finished);
                send = claimSending();
            } finally {
                lock.unlock();
            }
            replies.clear();
            if (send) {
                flush(false);
            }
            finished.forEach(this::finish);
            finished.clear();
        }
    }

    private void finish(Call call) {
        room.release(call.cost);
        try {
            call.finish();
        } catch (RuntimeException e) {
            LOG.error("what waited for the store failed", e);
        }
    }

    /// The watch thread: deadlines, silence, and the session's age.
    private void watch() {
        long renewedNanos = System.nanoTime();
        List<Call> finished = new ArrayList<>();
        while (!closed) {
            LockSupport.parkNanos(this, TICK_NANOS);
            long now = System.nanoTime();
            Connection silent = null;
            boolean send = false;
            lock.lock();
            try {
                pipeline.expire(now, "store " + name + ": not answered in time: " + trouble);
                pipeline.drainFinished(finished);
                if (now - pipeline.oldestSentNanos(now) > silenceNanosMax) {
                    silent = connection;
                }
                if (now - renewedNanos > RENEWAL_NANOS) {
                    renewedNanos = now;
                    pipeline.renew();
                    send = claimSending();
                }
            } finally {
                lock.unlock();
            }
            if (send) {
                flush(false);
            }
            finished.forEach(this::finish);
            finished.clear();
            if (silent != null) {
                Connector.closeQuietly(silent);
            }
            long since = connectingSinceNanos;
            if (since != 0 && now - since > silenceNanosMax) {
                connector.abort();
            }
        }
    }

    String trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    /// How busy it is.
    RedisLoad load() {
        lock.lock();
        try {
            return new RedisLoad(
                    pipeline.waiting(),
                    pipeline.inFlight(),
                    throttled.get(),
                    Math.max(0, connections.get() - 1));
        } finally {
            lock.unlock();
        }
    }

    StoreException closedException() {
        return new StoreException("store " + name + " is closed");
    }

    @Override
    public void close() {
        List<Call> finished = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            backoff.signalAll();
            if (connection != null) {
                Connector.closeQuietly(connection);
            }
            pipeline.abandon("store " + name + " was closed");
            pipeline.drainFinished(finished);
        } finally {
            lock.unlock();
        }
        connector.abort();
        LockSupport.unpark(sender);
        LockSupport.unpark(watch);
        finished.forEach(this::finish);
    }
}
