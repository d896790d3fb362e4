package org.edgeplex.state.ramcloud.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.ramcloud.wire.FrameDecoder;
import org.edgeplex.state.ramcloud.wire.FrameReader;
import org.edgeplex.state.ramcloud.wire.FrameWriter;
import org.jspecify.annotations.Nullable;

/// A server's socket: takes frames, gives them to its service, and sends the answers, as far as its
/// faults allow.
final class Node implements AutoCloseable {
    private static final int RECEIVE_BYTES = 1 << 16;

    /// What a server does.
    @FunctionalInterface
    interface Service {
        /// Writes the answer. Returns false if there is none.
        boolean handle(FrameReader request, FrameWriter reply);
    }

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService late =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("late-replies").daemon().factory());
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean closed;
    private volatile @Nullable Service service;

    Node(int port) {
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void serve(Service wanted) {
        service = wanted;
        Thread.ofPlatform().name("node-" + port()).daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    String locator() {
        return "tcp:host=127.0.0.1,port=" + port();
    }

    boolean isClosed() {
        return closed;
    }

    /// So many connections were made to it.
    int connections() {
        return connections.get();
    }

    /// The next answers are not sent, though the work is done.
    void loseReplies(int count) {
        repliesToLose.set(count);
    }

    /// Of those to lose, how many are not lost yet.
    int repliesToLose() {
        return repliesToLose.get();
    }

    void delayReplies(Duration by) {
        delay = by;
    }

    /// Takes everything and does and answers nothing, as a machine that hangs.
    void silent(boolean wanted) {
        silent = wanted;
    }

    /// Ends the connections and takes new ones.
    void dropConnections() {
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
    }

    /// As a process that is killed.
    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        dropConnections();
        late.shutdownNow();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                if (closed) {
                    closeQuietly(socket);
                }
                Thread.ofPlatform().name("node-" + port()).daemon().start(() -> read(socket));
            } catch (IOException e) {
                // Closed: the loop ends. Otherwise the one connection failed.
            }
        }
    }

    private void read(Socket socket) {
        FrameDecoder decoder = new FrameDecoder();
        FrameWriter writer = new FrameWriter();
        byte[] buffer = new byte[RECEIVE_BYTES];
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                decoder.feed(
                        ByteBuffer.wrap(buffer, 0, count),
                        (nonce, payload) -> answer(nonce, payload, writer, out));
            }
        } catch (IOException | UncheckedIOException e) {
            // The client, or a fault on command, ended it.
        } finally {
            sockets.remove(socket);
        }
    }

    private void answer(long nonce, byte[] payload, FrameWriter writer, OutputStream out) {
        Service handler = service;
        if (silent || handler == null) {
            return;
        }
        writer.begin(nonce);
        if (!handler.handle(new FrameReader(payload), writer) || closed) {
            return;
        }
        if (repliesToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return;
        }
        writer.end();
        Duration by = delay;
        if (by.isZero()) {
            send(writer.array(), writer.length(), out);
        } else {
            byte[] frame = Arrays.copyOf(writer.array(), writer.length());
            var _ =
                    late.schedule(
                            () -> send(frame, frame.length, out),
                            by.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private static void send(byte[] frame, int length, OutputStream out) {
        try {
            synchronized (out) {
                out.write(frame, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is gone anyhow.
        }
    }
}
