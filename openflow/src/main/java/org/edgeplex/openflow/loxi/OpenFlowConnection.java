package org.edgeplex.openflow.loxi;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to a switch, from its HELLO to its end; never reused.
///
/// Two virtual threads: one reads, one asks after a silence whether the switch lives. A write that
/// hangs is freed by the second, which then closes the channel.
final class OpenFlowConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFlowConnection.class);

    /// Exchanges under way at once; one more waits for its turn.
    private static final int EXCHANGES_MAX = 64;

    private static final long LAST_WORDS_MILLIS = 200;
    private static final int READ_BUFFER_BYTES = 1 << 16;

    /// Far from the sign, so that a range of xids never wraps.
    private static final int XID_MAX = 1 << 30;

    /// Makes the messages of an exchange, the first of which has the xid given.
    @FunctionalInterface
    interface Messenger {
        List<byte[]> messages(int firstXid);
    }

    private final SocketChannel channel;
    private final DataInputStream in;
    private final OpenFlowTiming timing;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Semaphore exchangesFree = new Semaphore(EXCHANGES_MAX);
    private final ConcurrentSkipListMap<Integer, Exchange> pending = new ConcurrentSkipListMap<>();
    private final AtomicInteger nextXid = new AtomicInteger(1);
    private final AtomicInteger nextBundleId = new AtomicInteger(1);
    private final AtomicLong unsolicitedCount = new AtomicLong();
    private final AtomicReference<String> closeReason = new AtomicReference<>("");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long lastReceivedNanos = System.nanoTime();
    private volatile long datapathId;

    /// When the write under way began; 0 if there is none.
    private volatile long writingSinceNanos;

    private OpenFlowConnection(SocketChannel channel, OpenFlowTiming timing) {
        this.channel = channel;
        this.timing = timing;
        this.in =
                new DataInputStream(
                        new BufferedInputStream(
                                Channels.newInputStream(channel), READ_BUFFER_BYTES));
    }

    /// Connects, agrees on OpenFlow 1.4 and asks the switch who it is.
    static OpenFlowConnection open(SwitchAddress address, OpenFlowTiming timing)
            throws IOException {
        OpenFlowConnection connection =
                new OpenFlowConnection(address.connect(timing.connectTimeout()), timing);
        try {
            connection.start();
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void start() throws IOException {
        Thread.ofVirtual().name("openflow-reader").start(this::readAll);
        SwitchOutcome<List<Frame>> features =
                exchange(
                        2,
                        xid -> List.of(Messages.hello(xid), Messages.featuresRequest(xid + 1)),
                        timing.connectTimeout());
        datapathId =
                switch (features) {
                    case SwitchOutcome.Done<List<Frame>>(List<Frame> answers) ->
                            Messages.datapathId(answers.getLast());
                    case SwitchOutcome.Refused<List<Frame>>(String error) -> throw noSession(error);
                    case SwitchOutcome.Unreachable<List<Frame>>(String reason) ->
                            throw noSession(reason);
                    case SwitchOutcome.Unanswered<List<Frame>>(String reason) ->
                            throw noSession(reason);
                };
        Thread.ofVirtual().name("openflow-echo").start(this::keepAlive);
    }

    private static IOException noSession(String reason) {
        return new IOException("no OpenFlow 1.4 session: " + reason);
    }

    long datapathId() {
        return datapathId;
    }

    /// Bundles are the connection's own (section 6.8), so their numbers are as well.
    int newBundleId() {
        return nextBundleId.getAndIncrement();
    }

    String closeReason() {
        return closeReason.get();
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    boolean isOpen() {
        return closed.getCount() > 0;
    }

    /// Sends `count` messages in one write and waits for the answer to the last. The answers to the
    /// others, if any, are before it; errors are answers.
    SwitchOutcome<List<Frame>> exchange(int count, Messenger messenger, Duration timeout) {
        long deadlineNanos = deadline(timeout);
        try {
            if (!exchangesFree.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return new SwitchOutcome.Unreachable<>("too many requests under way");
            }
            try {
                return exchange(new Exchange(reserveXids(count), count), messenger, deadlineNanos);
            } finally {
                exchangesFree.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new SwitchOutcome.Unanswered<>("interrupted");
        }
    }

    private SwitchOutcome<List<Frame>> exchange(
            Exchange exchange, Messenger messenger, long deadlineNanos)
            throws InterruptedException {
        byte[] bytes = concatenate(messenger.messages(exchange.firstXid()));
        pending.put(exchange.firstXid(), exchange);
        try {
            if (!isOpen()) {
                return new SwitchOutcome.Unreachable<>(closeReason());
            }
            write(bytes, deadlineNanos);
            long leftNanos = deadlineNanos - System.nanoTime();
            return new SwitchOutcome.Done<>(
                    exchange.answered().get(Math.max(leftNanos, 0), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return new SwitchOutcome.Unanswered<>("the switch did not answer in time");
        } catch (ExecutionException | IOException e) {
            return new SwitchOutcome.Unanswered<>(reasonOfEnd(e));
        } finally {
            pending.remove(exchange.firstXid());
        }
    }

    /// A write fails as soon as the peer has closed, but why it closed is in what it sent before:
    /// the reader gets a moment to come to it.
    private String reasonOfEnd(Exception failure) throws InterruptedException {
        if (!closed.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
            close(String.valueOf(failure.getMessage()));
        }
        return closeReason();
    }

    private static byte[] concatenate(List<byte[]> messages) {
        ByteBuffer all = ByteBuffer.allocate(messages.stream().mapToInt(m -> m.length).sum());
        messages.forEach(all::put);
        return all.array();
    }

    private void write(byte[] bytes, long deadlineNanos) throws IOException {
        try {
            long leftNanos = deadlineNanos - System.nanoTime();
            if (!sendLock.tryLock(Math.max(leftNanos, 0), TimeUnit.NANOSECONDS)) {
                throw new IOException("the switch does not read");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
        try {
            writingSinceNanos = System.nanoTime() | 1;
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            writingSinceNanos = 0;
            sendLock.unlock();
        }
    }

    private int reserveXids(int count) {
        return nextXid.getAndUpdate(xid -> xid + count < XID_MAX ? xid + count : 1);
    }

    private void readAll() {
        try {
            checkHello(Frame.read(in));
            while (true) {
                Frame frame = Frame.read(in);
                lastReceivedNanos = System.nanoTime();
                dispatch(frame);
            }
        } catch (IOException e) {
            String message = e.getMessage();
            close(message == null ? "the switch closed the connection" : message);
        }
    }

    /// The version is the highest that both bitmaps have (section 6.3.1); we have one only, so a
    /// switch that lacks it says so in the next message, by HELLO_FAILED.
    private static void checkHello(Frame frame) throws IOException {
        if (frame.type() == Frame.ERROR) {
            throw new IOException("refused: " + Messages.errorText(frame));
        }
        if (frame.type() != Frame.HELLO) {
            throw new Frame.Malformed("no HELLO but type " + frame.type());
        }
        if (frame.version() < Frame.VERSION_1_4) {
            throw new IOException("the switch does not speak OpenFlow 1.4: set its protocols");
        }
    }

    private void dispatch(Frame frame) throws IOException {
        if (frame.version() != Frame.VERSION_1_4) {
            throw new Frame.Malformed(
                    "the switch speaks OpenFlow of wire version "
                            + frame.version()
                            + ", not 1.4: set its protocols");
        }
        if (frame.type() == Frame.ECHO_REQUEST) {
            write(Messages.echoReply(frame), deadline(timing.echoTimeout()));
            return;
        }
        Map.Entry<Integer, Exchange> candidate = pending.floorEntry(frame.xid());
        if (candidate != null && candidate.getValue().includes(frame.xid())) {
            candidate.getValue().accept(frame);
            return;
        }
        long count = unsolicitedCount.incrementAndGet();
        if (frame.type() == Frame.ERROR) {
            LOG.warn("late or unsolicited: {} ({} in all)", Messages.errorText(frame), count);
        }
    }

    private void keepAlive() {
        try {
            while (!closed.await(timing.echoInterval().toNanos(), TimeUnit.NANOSECONDS)) {
                long writingSince = writingSinceNanos;
                if (writingSince != 0
                        && System.nanoTime() - writingSince > timing.echoTimeout().toNanos()) {
                    close("the switch does not read");
                }
                long silentNanos = System.nanoTime() - lastReceivedNanos;
                if (silentNanos < timing.echoInterval().toNanos()) {
                    continue;
                }
                var echo =
                        exchange(
                                1, xid -> List.of(Messages.echoRequest(xid)), timing.echoTimeout());
                if (!(echo instanceof SwitchOutcome.Done)) {
                    close("no answer to an echo");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            close("interrupted");
        }
    }

    private static long deadline(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    private void close(String reason) {
        if (!closeReason.compareAndSet("", reason)) {
            return;
        }
        closed.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        IOException end = new IOException(reason);
        pending.values().forEach(exchange -> exchange.answered().completeExceptionally(end));
    }

    @Override
    public void close() {
        close("closed");
    }
}
