package org.edgeplex.state.redis;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A stream of octets to a server: tcp, a unix socket, or TLS. Blocking; closing it ends a read and
/// a write that wait.
interface Wire extends Closeable {
    /// Waits for some octets; -1: the other side has closed.
    int read(byte[] into, int offset, int length) throws IOException;

    /// Writes all of them.
    void write(byte[] from, int length) throws IOException;

    /// The same stream, of which a wait can be ended, if there is a way.
    default Wire selectable() throws IOException {
        return this;
    }

    /// Waits until there is something to read, so long at most: whether there is. Where a wait
    /// cannot be ended, the wait is left to [#read].
    default boolean await(long nanosMax) throws IOException {
        return true;
    }

    /// Has the [#await] that waits return; without one, the next.
    default void wakeUp() {}

    /// Whether [#await] waits, and ends when it is told to.
    default boolean isSelectable() {
        return false;
    }

    static Wire open(Endpoint endpoint, Tls tls, int connectMillis)
            throws IOException, GeneralSecurityException {
        return switch (endpoint) {
            case Endpoint.Unix(var socket) -> {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                yield connected(channel, () -> channel.connect(UnixDomainSocketAddress.of(socket)));
            }
            case Endpoint.Tcp tcp when tls instanceof Tls.Off -> connected(tcp, connectMillis);
            case Endpoint.Tcp tcp -> tls(tcp, Trust.factory(tls), connectMillis);
        };
    }

    /// Connects a channel.
    @FunctionalInterface
    interface Connect {
        void run() throws IOException;
    }

    private static Wire connected(Endpoint.Tcp tcp, int millis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        return connected(
                channel,
                () -> {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                    channel.socket().connect(resolved(tcp), millis);
                });
    }

    private static Wire connected(SocketChannel channel, Connect connect) throws IOException {
        try {
            connect.run();
            return new OfChannel(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InetSocketAddress resolved(Endpoint.Tcp tcp) throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("no address of " + tcp.host() + " is known");
        }
        return address;
    }

    private static Wire tls(Endpoint.Tcp tcp, SSLSocketFactory factory, int millis)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(resolved(tcp), millis);
            SSLSocket socket =
                    (SSLSocket)
                            factory.createSocket(channel.socket(), tcp.host(), tcp.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            // The certificate must name the host that was asked for.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            channel.socket().setSoTimeout(millis);
            socket.startHandshake();
            channel.socket().setSoTimeout(0);
            return new OfTls(channel, socket.getInputStream(), socket.getOutputStream());
        } catch (SocketTimeoutException e) {
            channel.close();
            throw new SSLException("no answer to the greeting", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Tcp, or a unix socket.
    record OfChannel(SocketChannel channel) implements Wire {
        @Override
        public Wire selectable() throws IOException {
            return SelectableWire.of(channel);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(into, offset, length));
        }

        @Override
        public void write(byte[] from, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(from, 0, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// Closed from below: TLS would first say goodbye, and wait for who writes.
    record OfTls(SocketChannel channel, InputStream in, OutputStream out) implements Wire {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, length);
        }

        @Override
        public void write(byte[] from, int length) throws IOException {
            out.write(from, 0, length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
