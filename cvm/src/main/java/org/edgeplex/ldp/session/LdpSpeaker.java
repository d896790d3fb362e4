package org.edgeplex.ldp.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.edgeplex.ldp.discovery.HelloSocket;
import org.edgeplex.ldp.wire.IanaLdp;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// LDP on a real link: sockets and virtual threads around an `LdpEngine`.
///
/// One thread owns the engine and takes events from a bounded queue; readers wait when it is full.
public final class LdpSpeaker implements AutoCloseable {
    static final int EVENTS_MAX = 1_024;

    private static final int ACCEPT_BACKLOG = 16;
    private static final long STOP_TIMEOUT_MILLIS = 3_000;

    private static final Logger LOG = LoggerFactory.getLogger(LdpSpeaker.class);

    /// Something for the engine, run on its thread with the time.
    @FunctionalInterface
    private interface Task {
        void run(long nowNanos);
    }

    private final LongSupplier clock;
    private final long originNanos;
    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(EVENTS_MAX);
    private final HelloSocket helloSocket;
    private final ServerSocket serverSocket;
    private final LdpEngine engine;
    private final Thread engineThread;
    private boolean stopping; // engine thread only

    /// Opens the sockets and starts. `nanoClock` is `System::nanoTime` outside tests.
    public static LdpSpeaker start(LdpConfig config, LdpListener listener, LongSupplier nanoClock)
            throws IOException {
        HelloSocket hello = HelloSocket.open(config.interfaceName());
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            InetAddress transport = InetAddress.getByAddress(config.transportAddress().toBytes());
            server.bind(new InetSocketAddress(transport, IanaLdp.PORT), ACCEPT_BACKLOG);
        } catch (IOException e) {
            server.close();
            hello.close();
            throw e;
        }
        LdpSpeaker speaker = new LdpSpeaker(config, listener, nanoClock, hello, server);
        speaker.startThreads();
        return speaker;
    }

    private LdpSpeaker(
            LdpConfig config,
            LdpListener listener,
            LongSupplier clock,
            HelloSocket helloSocket,
            ServerSocket serverSocket) {
        this.clock = clock;
        this.originNanos = clock.getAsLong();
        this.helloSocket = helloSocket;
        this.serverSocket = serverSocket;
        this.engine = new LdpEngine(config, new Sockets(config.transportAddress()), listener);
        this.engineThread = Thread.ofVirtual().name("ldp-engine").unstarted(this::engineLoop);
    }

    private void startThreads() {
        engineThread.start();
        Thread.ofVirtual().name("ldp-hello").start(this::helloLoop);
        Thread.ofVirtual().name("ldp-accept").start(this::acceptLoop);
    }

    /// Binds a label to a FEC that this LSR is the egress of.
    public void bind(Ipv4Prefix fec, MplsLabel label) throws InterruptedException {
        tasks.put(now -> engine.bind(fec, label, now));
    }

    public void unbind(Ipv4Prefix fec) throws InterruptedException {
        tasks.put(now -> engine.unbind(fec, now));
    }

    /// Tells the peers, then closes all.
    @Override
    public void close() throws IOException {
        try {
            tasks.put(now -> {
                engine.stop(now);
                stopping = true;
            });
            engineThread.join(STOP_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close all the same
        }
        serverSocket.close();
        helloSocket.close();
    }

    private void engineLoop() {
        try {
            engine.start(nowNanos());
            while (!stopping) {
                long untilDue = engine.nextDeadlineNanos() - nowNanos();
                Task task = tasks.poll(Math.max(untilDue, 0), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run(nowNanos());
                }
                engine.onTime(nowNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long nowNanos() {
        return clock.getAsLong() - originNanos;
    }

    private void helloLoop() {
        try {
            helloSocket.receiveLoop((source, datagram) ->
                    tasks.put(now -> engine.onDatagram(source, datagram, now)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptLoop() {
        try {
            while (!serverSocket.isClosed()) {
                Socket socket = serverSocket.accept();
                TcpConnection connection = TcpConnection.accepted(socket, new Events());
                tasks.put(now -> engine.onAccepted(connection, now));
                connection.start();
            }
        } catch (IOException e) {
            if (!serverSocket.isClosed()) {
                throw new IllegalStateException("the LDP port cannot accept any more", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Events implements TcpConnection.Events {
        @Override
        public void connected(TcpConnection connection) throws InterruptedException {
            tasks.put(now -> engine.onConnected(connection, now));
        }

        @Override
        public void pdu(TcpConnection connection, byte[] body) throws InterruptedException {
            tasks.put(now -> engine.onPdu(connection, body, now));
        }

        @Override
        public void broken(TcpConnection connection, LdpPdu.Header.Broken how)
                throws InterruptedException {
            LOG.warn("{} sent an unreadable stream: {}", connection.remote(), how.detail());
            tasks.put(now -> engine.onBrokenStream(connection, how.status(), now));
        }

        @Override
        public void closed(TcpConnection connection) throws InterruptedException {
            tasks.put(now -> engine.onClosed(connection, now));
        }
    }

    private final class Sockets implements Transport {
        private final Ipv4Address local;

        Sockets(Ipv4Address local) {
            this.local = local;
        }

        @Override
        public void sendHello(byte[] pdu) {
            helloSocket.send(pdu);
        }

        @Override
        public Connection connect(Ipv4Address remote) {
            return TcpConnection.open(local, remote, new Events());
        }
    }
}
