package org.edgeplex.state.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real redis-server on a free port of the loopback and a unix socket, in a directory of its own.
/// Keeps nothing unless it is told to.
final class RedisServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final Path directory;
    private final List<String> settings;
    private final int port;
    private Process process;

    private RedisServer(Path directory, int port, List<String> settings) throws IOException {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
        this.process = launch();
    }

    /// @param settings as on the command line: `--maxmemory`, `4mb`
    static RedisServer start(Path parent, String... settings) throws Exception {
        RedisServer server =
                new RedisServer(
                        Files.createTempDirectory(parent, "redis"), freePort(), List.of(settings));
        server.awaitReady();
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "redis-server",
                                "--bind",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port),
                                "--unixsocket",
                                socket().toString(),
                                "--dir",
                                directory.toString(),
                                "--save",
                                "",
                                "--enable-debug-command",
                                "local"));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
                .start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Files.readString(directory.resolve("log")).contains("Ready to accept")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "no redis-server: " + Files.readString(directory.resolve("log")));
            }
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    /// Ends the server as a crash does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Stops the server's process where it is, or lets it go on.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// With what it kept on disk.
    void restart() throws Exception {
        Files.deleteIfExists(directory.resolve("log"));
        process = launch();
        awaitReady();
    }

    /// Runs a command of an administrator.
    Reply command(String... words) throws IOException {
        try (Connection connection =
                new Connection(
                        new Wire.OfChannel(
                                java.nio.channels.SocketChannel.open(
                                        java.net.UnixDomainSocketAddress.of(socket()))))) {
            return connection.call(
                    new RespWriter(),
                    out -> {
                        out.array(words.length);
                        for (String word : words) {
                            out.bulk(word);
                        }
                    });
        }
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    Path socket() {
        return directory.resolve("socket");
    }

    RedisOptions tcp() {
        return RedisOptions.parse("redis://127.0.0.1:" + port);
    }

    RedisOptions unix() {
        return RedisOptions.parse("redis:unix:" + socket());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
