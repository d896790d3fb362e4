package org.edgeplex.state.ramcloud.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ZooKeeper, or something in its place, may say to who looks for the coordinator.
class ZooKeeperLeaderTest {
    private static final String LOCATOR = "tcp:host=10.0.0.1,port=12246";
    private static final int NO_NODE = -101;
    private static final int NO_AUTH = -102;

    /// The node that a client asked for.
    private final CompletableFuture<String> asked = new CompletableFuture<>();

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theNodeHasTheLocator() throws Exception {
        serve(answer(0, LOCATOR.length(), LOCATOR));
        assertEquals(LOCATOR, found("zk:" + address()));
        assertEquals("/ramcloud/pe7/coordinator", asked.get(60, TimeUnit.SECONDS));
    }

    @Test
    void theNextServerIsAskedWhereOneIsDown() throws Exception {
        int down;
        try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            down = gone.getLocalPort();
        }
        serve(answer(0, LOCATOR.length(), LOCATOR));
        assertEquals(LOCATOR, found("zk:127.0.0.1:%d,%s".formatted(down, address())));
    }

    @Test
    void whereNobodyLeadsThatIsSaid() throws Exception {
        serve(answer(NO_NODE, 0, ""));
        assertSays("no coordinator leads");
    }

    @Test
    void anotherErrorIsNamed() throws Exception {
        serve(answer(NO_AUTH, 0, ""));
        assertSays("error -102");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 19})
    void anAnswerTooShortIsNone(int length) throws Exception {
        serve(Arrays.copyOf(answer(0, 0, ""), length));
        assertSays("too short");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 5, Integer.MAX_VALUE})
    void aNodeIsAsLongAsItSays(int length) throws Exception {
        serve(answer(0, length, "tcp:"));
        assertSays("without its data");
    }

    @Test
    void whoSpeaksSomethingElseIsToldApart() throws Exception {
        Thread.ofVirtual()
                .start(() -> {
                    try (Socket socket = server.accept()) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.UTF_8));
                        socket.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        // The other side ends it.
                    }
                });
        assertSays("not ZooKeeper's protocol");
    }

    /// Answers one client.
    private void serve(byte[] answer) {
        Thread.ofVirtual()
                .start(() -> {
                    try (Socket socket = server.accept()) {
                        DataInputStream in = new DataInputStream(socket.getInputStream());
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        in.readNBytes(in.readInt());
                        send(out, new byte[37]);
                        byte[] request = in.readNBytes(in.readInt());
                        asked.complete(
                                new String(
                                        request, 12, request.length - 13, StandardCharsets.UTF_8));
                        send(out, answer);
                        in.readAllBytes();
                    } catch (IOException e) {
                        asked.completeExceptionally(e);
                    }
                });
    }

    private static void send(DataOutputStream out, byte[] frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(bytes);
        framed.writeInt(frame.length);
        framed.write(frame);
        out.write(bytes.toByteArray());
    }

    private static byte[] answer(int error, int length, String data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeLong(77);
        out.writeInt(error);
        out.writeInt(length);
        out.writeBytes(data);
        return bytes.toByteArray();
    }

    private String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void assertSays(String words) throws Exception {
        String said = found("zk:" + address());
        assertTrue(said.contains(words), said);
    }

    /// The locator, or why there is none.
    private static String found(String locator) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (ZooKeeperLeader leader = new ZooKeeperLeader(locator, "pe7")) {
            leader.find(answer::complete, answer::complete);
            return answer.get(60, TimeUnit.SECONDS);
        }
    }
}
