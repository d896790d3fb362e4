package org.edgeplex.openflow.ovsdb;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.edgeplex.openflow.Outcomes.unanswered;
import static org.edgeplex.openflow.Outcomes.unreachable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgeplex.openflow.ScriptedServer;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client against servers that a test scripts; each answer has `$id` for the request's id.
final class OvsdbClientTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final List<ObjectNode> TWO_OPERATIONS =
            List.of(
                    Json.select("Bridge", Json.everywhere(), "name"),
                    Json.select("Port", Json.everywhere(), "name"));

    @TempDir private Path directory = Path.of("");

    @Test
    void returnsTheResultOfEachOperation() throws IOException {
        String answer = "{\"id\":$id,\"result\":[{\"rows\":[]},{\"rows\":[1]}],\"error\":null}";
        List<JsonNode> results = done(transact(answer));
        assertEquals(2, results.size());
        assertEquals(1, Json.rows(results.getLast()).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':$id,'result':null,'error':'unknown database'} | unknown database",
                "{'id':$id,'result':[{},{'error':'constraint violation','details':'twice'}]}"
                        + " | constraint violation: twice",
                "{'id':$id,'result':[{'error':'timed out'},null]} | timed out",
                "{'id':$id,'result':[{},{},{'error':'referential integrity violation'}]}"
                        + " | referential integrity violation",
            })
    void aRefusalCarriesTheServersWords(String answer, String words) throws IOException {
        String error = refused(transact(answer.replace('\'', '"')));
        assertTrue(error.contains(words), error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // Closes at once.
                "{\"id\":$id,\"result\":[{}],\"error\":null}",
                "{\"id\":$id,\"result\":[{},{},{}],\"error\":null}",
                "{\"id\":$id,\"result\":7,\"error\":null}",
                "[]",
                "}{",
                "{\"id\":\"$id\",\"result\":[{},{}],\"error\":null}",
                "{\"id\":",
                "\u0000\u0001",
            })
    void whatIsNoAnswerIsNoAnswer(String answer) throws IOException {
        unanswered(transact(answer));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        SwitchAddress nowhere = new SwitchAddress.Unix(directory.resolve("none"));
        try (OvsdbClient client = new OvsdbClient(nowhere, TIMEOUT)) {
            unreachable(client.transact(TWO_OPERATIONS));
        }
    }

    @Test
    void aClosedClientStaysClosed() throws IOException {
        try (ScriptedServer server = server("")) {
            OvsdbClient client = new OvsdbClient(server.address(), TIMEOUT);
            client.close();
            unreachable(client.transact(TWO_OPERATIONS));
            assertEquals(0, server.connectionCount());
        }
    }

    @Test
    void aSilentServerIsGivenUpAndAskedAgainAfresh() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(
                                directory.resolve("s"),
                                (in, _) -> in.transferTo(java.io.OutputStream.nullOutputStream()));
                OvsdbClient client = new OvsdbClient(server.address(), TIMEOUT)) {
            unanswered(client.transact(TWO_OPERATIONS));
            unanswered(client.transact(TWO_OPERATIONS));
            assertEquals(2, server.connectionCount());
        }
    }

    /// A server ends a session whose client does not answer its echo (RFC 7047, section 4.1.11).
    @Test
    void answersTheServersEchoBeforeItsOwnRequestIsAnswered() throws IOException {
        ScriptedServer.Script script =
                (in, out) -> {
                    RpcReader reader = new RpcReader(in);
                    RpcMessage request = reader.next();
                    out.write(
                            "{\"id\":\"echo\",\"method\":\"echo\",\"params\":[\"x\",1]}"
                                    .getBytes(StandardCharsets.UTF_8));
                    byte[] expected =
                            "{\"id\":\"echo\",\"result\":[\"x\",1],\"error\":null}"
                                    .getBytes(StandardCharsets.UTF_8);
                    // What the reader has not read ahead: the client sends it only now.
                    String echoed =
                            new String(in.readNBytes(expected.length), StandardCharsets.UTF_8);
                    boolean right = echoed.equals(new String(expected, StandardCharsets.UTF_8));
                    out.write(
                            answer(request, right ? GOOD : "{\"id\":$id,\"error\":\"bad echo\"}"));
                };
        try (ScriptedServer server = new ScriptedServer(directory.resolve("s"), script);
                OvsdbClient client = new OvsdbClient(server.address(), Duration.ofSeconds(5))) {
            done(client.transact(TWO_OPERATIONS));
        }
    }

    private static final String GOOD = "{\"id\":$id,\"result\":[{},{}],\"error\":null}";

    private SwitchOutcome<List<JsonNode>> transact(String answer) throws IOException {
        try (ScriptedServer server = server(answer);
                OvsdbClient client = new OvsdbClient(server.address(), TIMEOUT)) {
            return client.transact(TWO_OPERATIONS);
        }
    }

    private ScriptedServer server(String answer) throws IOException {
        return new ScriptedServer(
                directory.resolve("s"),
                (in, out) -> {
                    RpcMessage request = new RpcReader(in).next();
                    out.write(answer(request, answer));
                });
    }

    private static byte[] answer(RpcMessage request, String answer) {
        String id =
                request instanceof RpcMessage.Request(_, _, JsonNode given)
                        ? given.toString()
                        : "0";
        return answer.replace("$id", id).getBytes(StandardCharsets.UTF_8);
    }
}
