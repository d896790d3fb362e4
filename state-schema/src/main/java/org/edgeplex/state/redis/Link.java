package org.edgeplex.state.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.turn.ReadingTurn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to the server, kept up for as long as the store is open.
///
/// Its receiver connects, and reads replies unless a caller who waits does so. Its [LinkWatch]
/// looks after what takes its time. Its [Sender] sends.
final class Link implements Replies.Taker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    private static final long SILENCE_NANOS_MAX = 5_000_000_000L;
    private static final long BACKOFF_NANOS_MIN = 10_000_000;
    private static final long BACKOFF_NANOS_MAX = 1_000_000_000;
    static final long SESSION_SECONDS = 7 * 24 * 3_600L;

    private final String name;
    private final Connector connector;
    private final Pipeline pipeline;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition backoff = lock.newCondition();
    private final ReadingTurn turn = new ReadingTurn();
    private final Sender sender;
    private final Admission admission;

    /// Of who reads: calls that are over by what it read.
    private final List<Call> taken = new ArrayList<>();

    /// Why the store cannot be opened; empty: it is open.
    private final CompletableFuture<String> opened = new CompletableFuture<>();

    private final AtomicLong connections = new AtomicLong();
    private final Thread receiver;
    private final Thread watch;

    private String trouble = "the server has not answered yet";
    private volatile boolean closed;
    private volatile long connectingSinceNanos;

    Link(String name, Connector connector, Pipeline pipeline, int waitMillis) {
        this.name = name;
        this.connector = connector;
        this.pipeline = pipeline;
        receiver = Thread.ofPlatform().name("redis-receiver").daemon().unstarted(this::receive);
        sender = new Sender(lock, pipeline);
        admission = new Admission(name, turn::isReader);
        long silenceNanosMax = SILENCE_NANOS_MAX + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        watch =
                Thread.ofPlatform()
                        .name("redis-watch")
                        .daemon()
                        .unstarted(
                                new LinkWatch(
                                        this, lock, pipeline, sender, connector, silenceNanosMax));
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

    /// What a call is waited for with.
    <T> CompletableFuture<T> newAnswer() {
        return turn.newAnswer();
    }

    void submit(Read<?> read) {
        submit(read, () -> pipeline.add(read));
    }

    void submit(WriteCall call) {
        submit(call, () -> pipeline.add(call));
    }

    private void submit(Call call, Runnable add) {
        if (!admission.admits(call)) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                call.fail(closedException());
            } else {
                add.run();
                if (!sender.claim()) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
        if (call.isOver()) {
            finish(call);
        } else {
            sender.flush();
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
                turn.serve(new Replies(connected.connection(), this));
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
            sender.connect(connected.connection());
            trouble = "the server does not answer";
            pipeline.drainFinished(finished);
            send = sender.claim();
        } finally {
            lock.unlock();
        }
        if (connections.getAndIncrement() > 0) {
            LOG.info("store {}: connected again", name);
        }
        opened.complete("");
        finished.forEach(this::finish);
        if (send) {
            sender.flush();
        }
    }

    private void lost(String why) {
        List<Call> finished = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            sender.disconnect();
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

    @Override
    public void take(List<Reply> replies) throws IOException {
        boolean send;
        lock.lock();
        try {
            // When this fails the connection is lost, and what is finished is told then.
            for (Reply reply : replies) {
                pipeline.replied(reply);
            }
            pipeline.drainFinished(taken);
            send = sender.claim();
        } finally {
            lock.unlock();
        }
        if (send) {
            sender.flush();
        }
        taken.forEach(this::finish);
        taken.clear();
    }

    @Override
    public boolean isOwed() {
        lock.lock();
        try {
            return pipeline.inFlight() + pipeline.waiting() > 0;
        } finally {
            lock.unlock();
        }
    }

    void finish(Call call) {
        turn.complete(call.future(), () -> tell(call));
    }

    private void tell(Call call) {
        admission.release(call);
        try {
            call.finish();
        } catch (RuntimeException e) {
            LOG.error("what waited for the store failed", e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /// Since when it has been connecting; 0: it is not.
    long connectingSinceNanos() {
        return connectingSinceNanos;
    }

    /// Under the lock: what who waited in vain is told.
    String overdue() {
        return "store " + name + ": not answered in time: " + trouble;
    }

    private String trouble() {
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
                    admission.throttled(),
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
            sender.disconnect();
            pipeline.abandon("store " + name + " was closed");
            pipeline.drainFinished(finished);
        } finally {
            lock.unlock();
        }
        connector.abort();
        sender.close();
        LockSupport.unpark(watch);
        finished.forEach(this::finish);
    }
}
