package org.edgeplex.openflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A peer that does what a test says, on a unix socket; one virtual thread per connection.
public final class ScriptedServer implements AutoCloseable {
    /// Speaks with one client until it returns or fails; then the connection is closed.
    @FunctionalInterface
    public interface Script {
        void speak(InputStream in, OutputStream out) throws IOException;
    }

    private final Path socket;
    private final ServerSocketChannel listener;
    private final AtomicInteger connectionCount = new AtomicInteger();

    public ScriptedServer(Path socket, Script script) throws IOException {
        this.socket = socket;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(script));
    }

    public SwitchAddress address() {
        return new SwitchAddress.Unix(socket);
    }

    public int connectionCount() {
        return connectionCount.get();
    }

    private void serve(Script script) {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                connectionCount.incrementAndGet();
                Thread.ofVirtual().start(() -> speak(script, channel));
            }
        } catch (IOException _) {
            // Closed: the test is over.
        }
    }

    private static void speak(Script script, SocketChannel channel) {
        try (channel) {
            script.speak(Channels.newInputStream(channel), Channels.newOutputStream(channel));
        } catch (IOException _) {
            // The client is gone, as it may be.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
