package org.edgeplex.bgp.session;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.bgp.wire.DecodeContext;
import org.edgeplex.bgp.wire.MalformedMessage;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.MessageCodec;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.UpdateEncoder;
import org.edgeplex.net.Ipv4Address;

/// One TCP connection with its reader and its writer.
///
/// The reader needs a credit for every message that it hands over; whoever is done with the message
/// gives it back by [#release]. Without credits it stops reading.
final class Connection {
    /// Messages read and not yet dealt with.
    static final int CREDITS = 256;

    private static final int INTERNETWORK_CONTROL = 0xc0; // RFC 4271, appendix E
    private static final int READ_BUFFER_BYTES = 1 << 16;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// Where the reader reports, from its own thread.
    interface Receiver {
        void received(Connection from, Message message);

        void malformed(Connection from, MalformedMessage error);

        /// TCP is over, in whatever way.
        void ended(Connection from, String detail);
    }

    private final Socket socket;
    private final String name;
    private final Receiver receiver;
    private final SessionClock clock;
    private final Counters counters;
    private final Outbox outbox = new Outbox();
    private final Semaphore credits = new Semaphore(CREDITS);
    private final CountDownLatch written = new CountDownLatch(1);
    private final AtomicInteger halvesEnded = new AtomicInteger();
    private volatile DecodeContext context = DecodeContext.BEFORE_OPEN;
    private volatile boolean closing;
    private volatile boolean waitingForCredit;
    private volatile long writingSinceNanos;
    private volatile boolean writing;

    Connection(Socket socket, String name, Receiver receiver, SessionClock clock, Counters counters)
            throws IOException {
        this.socket = socket;
        this.name = name;
        this.receiver = receiver;
        this.clock = clock;
        this.counters = counters;
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.IP_TOS, INTERNETWORK_CONTROL);
    }

    void start() {
        Thread.ofVirtual().name(name + "-reader").start(this::readMessages);
        Thread.ofVirtual().name(name + "-writer").start(this::writeMessages);
    }

    Ipv4Address localAddress() {
        return address(socket.getLocalAddress());
    }

    static Ipv4Address address(InetAddress address) {
        if (address instanceof Inet4Address) {
            return Ipv4Address.of(address.getAddress(), 0);
        }
        throw new IllegalArgumentException("not IPv4: " + address);
    }

    Outbox outbox() {
        return outbox;
    }

    void agree(DecodeContext agreed) {
        context = agreed;
    }

    void release(int creditCount) {
        credits.release(creditCount);
    }

    /// Whether the peer has said something that we did not read yet: it is alive, we are slow.
    boolean hasUnreadInput() {
        try {
            return waitingForCredit || socket.getInputStream().available() > 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// How long the peer has not taken what the writer wants to send; 0 when it does.
    long sendBlockedNanos() {
        return writing ? clock.nowNanos() - writingSinceNanos : 0;
    }

    /// Sends the last word, waits for the peer to hang up too, and closes; does not block.
    ///
    /// Closing with unread input would make the kernel reset the connection, and the last word
    /// would be lost with it: so the reader goes on and throws away what comes, for a moment.
    void close(Optional<Octets> lastWord) {
        closing = true;
        outbox.finish(lastWord);
        credits.release(CREDITS);
        clock.after(LINGER_NANOS, this::abort);
    }

    /// Waits until everything has left, or cannot.
    void awaitWritten() throws InterruptedException {
        written.await();
    }

    private void abort() {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed is what it should be.
        }
    }

    private void readMessages() {
        String detail;
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream(), READ_BUFFER_BYTES);
            byte[] header = new byte[Message.HEADER_BYTES];
            while (readFully(in, header, 0)) {
                int length = MessageCodec.decodeLength(header);
                byte[] message = new byte[length];
                System.arraycopy(header, 0, message, 0, header.length);
                if (!readFully(in, message, header.length)) {
                    break;
                }
                counters.messagesReceived.increment();
                if (!closing) {
                    handOver(message);
                }
            }
            detail = "closed by the peer";
        } catch (MalformedMessage error) {
            detail = error.detail();
            receiver.malformed(this, error);
            discardRest();
        } catch (IOException error) {
            detail = String.valueOf(error.getMessage());
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            detail = "interrupted";
        }
        receiver.ended(this, detail);
        halfEnded();
    }

    /// The second of reader and writer to end closes the socket.
    private void halfEnded() {
        if (halvesEnded.incrementAndGet() == 2) {
            abort();
        }
    }

    private void handOver(byte[] bytes) throws MalformedMessage, InterruptedException {
        Message message = MessageCodec.decode(bytes, context);
        if (!credits.tryAcquire()) {
            waitingForCredit = true;
            credits.acquire();
            waitingForCredit = false;
        }
        receiver.received(this, message);
    }

    /// After a malformed message only the end is of interest: see [#close].
    private void discardRest() {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // The end, too.
        }
    }

    /// False when the stream ends before the buffer is full.
    private static boolean readFully(InputStream in, byte[] buffer, int from) throws IOException {
        return in.readNBytes(buffer, from, buffer.length - from) == buffer.length - from;
    }

    private void writeMessages() {
        try {
            OutputStream out = socket.getOutputStream();
            while (true) {
                switch (outbox.take()) {
                    case Outbox.Item.Urgent(Octets message) -> write(out, message.toBytes());
                    case Outbox.Item.Routes(var change) -> {
                        var encoder = new UpdateEncoder(context.fourOctetAs());
                        for (byte[] message : encoder.encode(change)) {
                            write(out, message);
                            counters.updatesSent.increment();
                        }
                        counters.sent(change);
                    }
                    case Outbox.Item.End() -> {
                        socket.shutdownOutput();
                        halfEnded();
                        return;
                    }
                }
            }
        } catch (IOException error) {
            // Wakes the reader as well, which reports the end.
            abort();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            abort();
        } finally {
            written.countDown();
        }
    }

    private void write(OutputStream out, byte[] message) throws IOException {
        writingSinceNanos = clock.nowNanos();
        writing = true;
        out.write(message);
        writing = false;
        counters.messagesSent.increment();
    }

    @Override
    public String toString() {
        return name;
    }
}
