package org.edgeplex.ldp.session;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.edgeplex.ldp.wire.IanaLdp;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP connection with a reading and a writing virtual thread.
///
/// The reader hands over one PDU at a time and waits until it is taken, so that a peer which sends
/// faster than we work is slowed down by TCP. The writer has a bounded queue; a peer that does not
/// read until it is full loses the connection.
final class TcpConnection implements Transport.Connection {
    /// What the reader tells, on its own thread; may block.
    interface Events {
        void connected(TcpConnection connection) throws InterruptedException;

        void pdu(TcpConnection connection, byte[] body) throws InterruptedException;

        void broken(TcpConnection connection, LdpPdu.Header.Broken how) throws InterruptedException;

        void closed(TcpConnection connection) throws InterruptedException;
    }

    static final int SEND_QUEUE_MAX = 4_096;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);
    private static final int TRAFFIC_CLASS = 0xc0;
    private static final byte[] END = {};

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final Ipv4Address remote;
    private final Socket socket;
    private final Events events;
    private final BlockingQueue<byte[]> sendQueue = new ArrayBlockingQueue<>(SEND_QUEUE_MAX);
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile int maxPduLengthBytes = LdpPdu.DEFAULT_MAX_LENGTH_BYTES;

    private TcpConnection(Ipv4Address remote, Socket socket, Events events) {
        this.remote = remote;
        this.socket = socket;
        this.events = events;
    }

    /// Opens in the background; `Events.connected` or `closed` follows.
    static TcpConnection open(Ipv4Address local, Ipv4Address remote, Events events) {
        TcpConnection connection = new TcpConnection(remote, new Socket(), events);
        Thread.ofVirtual()
                .name("ldp-connect-" + remote)
                .start(() -> connection.run(Optional.of(local)));
        return connection;
    }

    static TcpConnection accepted(Socket socket, Events events) {
        Ipv4Address remote = Ipv4Address.of(socket.getInetAddress().getAddress(), 0);
        return new TcpConnection(remote, socket, events);
    }

    /// Starts to read an accepted connection.
    void start() {
        Thread.ofVirtual().name("ldp-read-" + remote).start(() -> run(Optional.empty()));
    }

    private void run(Optional<Ipv4Address> connectFrom) {
        try {
            try (socket) {
                socket.setTrafficClass(TRAFFIC_CLASS);
                socket.setTcpNoDelay(true);
                if (connectFrom.isPresent()) {
                    socket.bind(new InetSocketAddress(inet(connectFrom.get()), 0));
                    socket.connect(
                            new InetSocketAddress(inet(remote), IanaLdp.PORT),
                            (int) CONNECT_TIMEOUT.toMillis());
                    events.connected(this);
                }
                Thread.ofVirtual().name("ldp-write-" + remote).start(this::writeLoop);
                readLoop(new DataInputStream(socket.getInputStream()));
            } catch (IOException e) {
                LOG.debug("LDP connection with {} ends: {}", remote, e.getMessage());
            } finally {
                sendQueue.clear();
                sendQueue.add(END);
                events.closed(this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the speaker stops: nobody is left to tell
        }
    }

    private void readLoop(DataInputStream in) throws IOException, InterruptedException {
        byte[] header = new byte[LdpPdu.HEADER_BYTES];
        while (true) {
            try {
                in.readFully(header);
            } catch (EOFException e) {
                return;
            }
            switch (LdpPdu.decodeHeader(header, maxPduLengthBytes)) {
                case LdpPdu.Header.Follows(int lengthBytes) -> {
                    byte[] body = new byte[lengthBytes];
                    in.readFully(body);
                    events.pdu(this, body);
                }
                case LdpPdu.Header.Broken broken -> {
                    events.broken(this, broken);
                    awaitClose(in);
                    return;
                }
            }
        }
    }

    /// The answer to a broken stream is still to be sent: throw away what comes until it is closed.
    private static void awaitClose(DataInputStream in) throws IOException {
        byte[] rest = new byte[LdpPdu.DEFAULT_MAX_LENGTH_BYTES];
        int count = in.read(rest);
        while (count >= 0) {
            count = in.read(rest);
        }
    }

    private void writeLoop() {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            for (byte[] pdu = sendQueue.take(); pdu.length > 0; pdu = sendQueue.take()) {
                out.write(pdu);
            }
        } catch (IOException e) {
            LOG.debug("cannot write to {}: {}", remote, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drained.countDown();
        }
    }

    private static InetAddress inet(Ipv4Address address) throws IOException {
        return InetAddress.getByAddress(address.toBytes());
    }

    @Override
    public Ipv4Address remote() {
        return remote;
    }

    @Override
    public void send(byte[] pdu) {
        if (!sendQueue.offer(pdu)) {
            LOG.warn("{} does not read: {} PDUs wait, closing", remote, SEND_QUEUE_MAX);
            closeNow();
        }
    }

    @Override
    public void limitPdu(int maxLengthBytes) {
        maxPduLengthBytes = maxLengthBytes;
    }

    @Override
    public void close() {
        if (!sendQueue.offer(END) || !socket.isConnected()) {
            closeNow();
            return;
        }
        Thread.ofVirtual().name("ldp-close-" + remote).start(this::closeAfterDrain);
    }

    private void closeAfterDrain() {
        try {
            if (!drained.await(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} does not read our last words", remote);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeNow();
    }

    private void closeNow() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the connection with {}: {}", remote, e.getMessage());
        }
    }
}
