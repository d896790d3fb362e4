package org.edgeplex.state.ramcloud.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// The coordinator that leads according to ZooKeeper: it keeps its locator in the node
/// `/ramcloud/CLUSTER/coordinator` (`ZooStorage.cc`, `CoordinatorSession.cc`).
///
/// One question on a connection of its own, to the first server that answers: begin a session,
/// getData, end the session. ZooKeeper's client library would keep a session with threads and
/// heartbeats for this, and needs Netty on the class path even for plain sockets.
final class ZooKeeperLeader implements Leader {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int SESSION_MILLIS = 4_000;
    private static final int ANSWER_BYTES_MAX = 4_096;
    private static final int PASSWORD_BYTES = 16;
    private static final int GET_DATA = 4;
    private static final int CLOSE_SESSION = -11;
    private static final int ANSWER_HEADER_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int NO_NODE = -101;
    private static final String PREFIX = "zk:";

    private final List<String> hosts;
    private final byte[] node;

    ZooKeeperLeader(String locator, String cluster) {
        hosts = List.of(locator.substring(PREFIX.length()).split(",", -1));
        node = ("/ramcloud/" + cluster + "/coordinator").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void find(Consumer<String> locator, Consumer<String> failure) {
        Thread.ofVirtual().name("zookeeper").start(() -> ask(locator, failure));
    }

    @Override
    public void close() {}

    private void ask(Consumer<String> locator, Consumer<String> failure) {
        String why = "no ZooKeeper";
        for (String host : hosts) {
            try {
                String found = ask(host);
                locator.accept(found);
                return;
            } catch (IOException e) {
                why = "ZooKeeper at %s: %s".formatted(host, e.getMessage());
            }
        }
        failure.accept(why);
    }

    private String ask(String host) throws IOException {
        int colon = host.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(
                            host.substring(0, colon), Integer.parseInt(host.substring(colon + 1))),
                    TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            send(
                    socket,
                    out -> {
                        out.writeInt(0);
                        out.writeLong(0);
                        out.writeInt(SESSION_MILLIS);
                        out.writeLong(0);
                        out.writeInt(PASSWORD_BYTES);
                        out.write(new byte[PASSWORD_BYTES]);
                        out.writeBoolean(false);
                    });
            receive(in);
            send(
                    socket,
                    out -> {
                        out.writeInt(1);
                        out.writeInt(GET_DATA);
                        out.writeInt(node.length);
                        out.write(node);
                        out.writeBoolean(false);
                    });
            String locator = locator(receive(in));
            send(
                    socket,
                    out -> {
                        out.writeInt(2);
                        out.writeInt(CLOSE_SESSION);
                    });
            return locator;
        }
    }

    /// The number of the request, that of the last change, an error; then the node's data.
    static String locator(byte[] answer) throws IOException {
        ByteBuffer fields = ByteBuffer.wrap(answer);
        if (answer.length < ANSWER_HEADER_BYTES) {
            throw new IOException("an answer too short");
        }
        int error = fields.getInt(Integer.BYTES + Long.BYTES);
        if (error != 0) {
            throw new IOException(error == NO_NODE ? "no coordinator leads" : "error " + error);
        }
        if (answer.length < ANSWER_HEADER_BYTES + Integer.BYTES) {
            throw new IOException("an answer too short");
        }
        int length = fields.getInt(ANSWER_HEADER_BYTES);
        int from = ANSWER_HEADER_BYTES + Integer.BYTES;
        if (length < 0 || length > answer.length - from) {
            throw new IOException("a coordinator's node without its data");
        }
        return new String(answer, from, length, StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static void send(Socket socket, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] content = bytes.toByteArray();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(frame);
        framed.writeInt(content.length);
        framed.write(content);
        out.write(frame.toByteArray());
        out.flush();
    }

    private static byte[] receive(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ANSWER_BYTES_MAX) {
            throw new IOException("not ZooKeeper's protocol");
        }
        byte[] answer = new byte[length];
        in.readFully(answer);
        return answer;
    }
}
