package org.edgeplex.openflow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// Where a switch or its database listens, in Open vSwitch's notation: `unix:PATH` or
/// `tcp:HOST:PORT`.
public sealed interface SwitchAddress {
    record Unix(Path path) implements SwitchAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    record Tcp(String host, int port) implements SwitchAddress {
        public Tcp {
            if (host.isEmpty() || port < 1 || port > 0xffff) {
                throw new IllegalArgumentException("not a TCP end point: " + host + ':' + port);
            }
        }

        @Override
        public String toString() {
            return "tcp:" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        }
    }

    static SwitchAddress parse(String text) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            return new Unix(Path.of(text.substring("unix:".length())));
        }
        int lastColon = text.lastIndexOf(':');
        if (text.startsWith("tcp:") && lastColon > "tcp:".length()) {
            String host = text.substring("tcp:".length(), lastColon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            String port = text.substring(lastColon + 1);
            if (port.matches("[0-9]{1,5}")) {
                return new Tcp(host, Integer.parseInt(port));
            }
        }
        throw new IllegalArgumentException(
                "not a switch address (unix:PATH or tcp:HOST:PORT): \"" + text + '"');
    }

    /// A connected channel in blocking mode; the caller closes it.
    default SocketChannel connect(Duration timeout) throws IOException {
        return switch (this) {
            case Unix(Path path) -> {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                yield connected(channel, () -> channel.connect(UnixDomainSocketAddress.of(path)));
            }
            case Tcp(String host, int port) -> {
                SocketChannel channel = SocketChannel.open();
                yield connected(
                        channel,
                        () -> {
                            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                            InetSocketAddress remote = new InetSocketAddress(host, port);
                            channel.socket().connect(remote, (int) timeout.toMillis());
                        });
            }
        };
    }

    private static SocketChannel connected(SocketChannel channel, Step step) throws IOException {
        try {
            step.run();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// One attempt to connect.
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }
}
