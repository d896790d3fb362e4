package org.edgeplex.state.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.state.StoreException;

/// A Redis server for the time of the bench, which writes nothing to a disk.
///
/// @param unix the location of a store in it, without settings
/// @param tcp likewise
record RedisServer(String unix, String tcp) {
    /// Fails with [StoreException], which says what to install.
    static RedisServer start(Workplace workplace) {
        Path directory = workplace.directory("redis");
        Path complaints = directory.resolve("complaints");
        Path socket = directory.resolve("socket");
        Path program = Workplace.program("redis-server", "redis-server");
        try {
            int port = freePort();
            Process process =
                    workplace.start(
                            complaints,
                            List.of(
                                    program.toString(),
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    Integer.toString(port),
                                    "--unixsocket",
                                    socket.toString(),
                                    "--dir",
                                    directory.toString(),
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no"));
            awaitReady(process, complaints);
            return new RedisServer("redis:unix:" + socket, "redis://127.0.0.1:" + port);
        } catch (IOException e) {
            throw new StoreException("redis-server does not run: " + e, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// What it says later is little, and fits into the pipe.
    private static void awaitReady(Process process, Path complaints) throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        String last = "";
        for (String line; (line = log.readLine()) != null; last = line) {
            // It listens on both by then.
            if (line.contains("Ready to accept connections unix")
                    || line.contains("The server is now ready to accept connections at")) {
                return;
            }
        }
        throw new StoreException(
                "redis-server does not run: " + Files.readString(complaints) + last);
    }
}
