package org.edgeplex.openflow.ovsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RpcReaderTest {
    private static final String REPLY =
            "{\"id\":7,\"result\":[{\"rows\":[{\"ofport\":[\"set\",[]],\"name\":\"p\\u0031\"}]}],"
                    + "\"error\":null}";
    private static final String ECHO = "{\"id\":\"echo\",\"method\":\"echo\",\"params\":[]}";
    private static final String UPDATE = "{\"id\":null,\"method\":\"update\",\"params\":[null,{}]}";

    private static final int MUTATIONS = 5_000;

    @Test
    void readsMessagesWithNothingBetweenThem() throws IOException {
        RpcReader reader = reader(REPLY + ECHO + UPDATE + " \n" + REPLY);
        RpcMessage.Reply reply = assertInstanceOf(RpcMessage.Reply.class, reader.next());
        assertEquals(7, reply.id());
        assertTrue(reply.error().isNull());
        JsonNode row = Json.rows(reply.result().get(0)).getFirst();
        assertEquals("p1", row.path("name").asText());
        assertEquals(List.of(), Json.elements(row.path("ofport")));
        assertEquals("echo", assertInstanceOf(RpcMessage.Request.class, reader.next()).method());
        assertEquals(new RpcMessage.Notification("update"), reader.next());
        assertInstanceOf(RpcMessage.Reply.class, reader.next());
        assertThrows(EOFException.class, reader::next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "[]",
                "{}",
                "}",
                "{\"id\":true}",
                "{\"id\":1.5,\"result\":1}",
                "{\"id\":99999999999999999999}",
                "{'id':1}",
                "{\"id\":1} x",
                "nonsense",
            })
    void refusesWhatIsNoMessage(String text) {
        assertThrows(
                OvsdbException.class,
                () -> {
                    RpcReader reader = reader(text);
                    reader.next();
                    reader.next();
                });
    }

    @Test
    void boundsDepthAndLength() {
        assertThrows(
                OvsdbException.class,
                () -> reader("{\"id\":" + "[".repeat(RpcReader.DEPTH_MAX + 1)).next());
        assertThrows(
                OvsdbException.class,
                () -> reader("{\"id\":" + "1".repeat(RpcReader.NUMBER_CHARS_MAX + 1)).next());
        assertThrows(
                OvsdbException.class,
                () ->
                        reader("{\"a\":\"" + "x".repeat(RpcReader.STRING_CHARS_MAX + 9) + "\"}")
                                .next());
    }

    @Test
    void boundsAMessageThatNeverEnds() {
        InputStream endless =
                new InputStream() {
                    private boolean begun;

                    @Override
                    public int read() {
                        throw new AssertionError("one by one");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        Arrays.fill(buffer, offset, offset + length, (byte) ' ');
                        if (!begun) {
                            buffer[offset] = '{';
                            begun = true;
                        }
                        return length;
                    }
                };
        assertThrows(OvsdbException.class, () -> new RpcReader(endless).next());
    }

    @Test
    void readsSetsAndMapsInBothNotations() throws IOException {
        assertEquals(List.of("a"), Json.strings(json("\"a\"")));
        assertEquals(List.of("a", "b"), Json.strings(json("[\"set\",[\"a\",\"b\"]]")));
        assertEquals(List.of("u1"), Json.uuids(json("[\"uuid\",\"u1\"]")));
        assertEquals(
                List.of("u1", "u2"),
                Json.uuids(json("[\"set\",[[\"uuid\",\"u1\"],[\"uuid\",\"u2\"]]]")));
        assertEquals(Map.of("k", "v"), Json.entries(json("[\"map\",[[\"k\",\"v\"]]]")));
        // Hostile notations are empty, not exceptions.
        assertEquals(Map.of(), Json.entries(json("7")));
        assertEquals(List.of(), Json.strings(json("[\"set\"]")));
    }

    @Test
    void mutatedMessagesNeverSurprise() {
        byte[] original = (REPLY + ECHO + UPDATE).getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = original.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            anythingIsAMessageOrAnIoException(mutated);
        }
    }

    @FuzzTest
    void anythingIsAMessageOrAnIoException(byte[] bytes) {
        try {
            RpcReader reader = new RpcReader(new ByteArrayInputStream(bytes));
            while (true) {
                if (reader.next() instanceof RpcMessage.Reply reply) {
                    reply.result().forEach(RpcReaderTest::readAsRow);
                }
            }
        } catch (IOException _) {
            // The end, or malformed.
        }
    }

    private static void readAsRow(JsonNode result) {
        Json.rows(result)
                .forEach(row -> {
                    Rows.port("p", row, row);
                    Rows.isReplaced(row);
                    Json.uuids(row.path("ports"));
                });
    }

    private static RpcReader reader(String text) throws IOException {
        return new RpcReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(String text) throws IOException {
        return RpcReader.mapper().readTree(text);
    }
}
