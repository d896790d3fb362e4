package org.edgeplex.state.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes octets on to a server, and cuts a connection when so many of its replies' octets have
/// passed: in the midst of one, as a rule.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final int port;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int cutAfter = Integer.MAX_VALUE;

    CuttingProxy(int port) throws IOException {
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    /// From now on each connection lives for so many octets of replies.
    void cutAfter(int octets) {
        cutAfter = octets;
    }

    int cuts() {
        return cuts.get();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pass(client, server, false));
                Thread.ofVirtual().start(() -> pass(server, client, true));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, boolean cuttable) {
        byte[] octets = new byte[4_096];
        long passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count; (count = in.read(octets)) >= 0; ) {
                if (cuttable && passed + count > cutAfter) {
                    out.write(octets, 0, (int) Math.max(0, cutAfter - passed));
                    cuts.incrementAndGet();
                    return;
                }
                passed += count;
                out.write(octets, 0, count);
            }
        } catch (IOException _) {
            // The other direction was cut.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
