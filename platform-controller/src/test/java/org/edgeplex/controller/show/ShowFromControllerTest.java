package org.edgeplex.controller.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.Controller;
import org.edgeplex.controller.config.ConfigReader;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `show dataplane --controller` against a real controller, and against what is none.
class ShowFromControllerTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir private Path directory = Path.of("replaced");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Controller controller;
    private String url;

    @BeforeEach
    void start() throws IOException {
        controller = Controller.start(ConfigReader.byDefault(directory), directory, ANY_PORT);
        url = "http://127.0.0.1:" + controller.port();
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private Path counters() {
        return directory.resolve("counters");
    }

    private int show(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst("dataplane");
        return new CommandLine(new ShowCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    /// Asks our controller with its token, unless the arguments say otherwise.
    private int ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--controller")) {
            all.addAll(List.of("--controller", url));
        }
        if (!all.contains("--token-file")) {
            all.addAll(List.of("--token-file", Controller.tokenFile(directory).toString()));
        }
        return show(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void isTheSameAsFromTheFiles(String form) throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        SampleFile.create(counters(), 12, "blue/pe1/b").end();
        List<String> arguments = form.isEmpty() ? List.of() : List.of(form);
        assertEquals(0, ask(arguments.toArray(String[]::new)), err::toString);
        String asked = out.toString();
        assertTrue(asked.contains("red/pe1/a"), asked);
        out.getBuffer().setLength(0);
        List<String> files = new ArrayList<>(List.of("--dir", directory.toString()));
        files.addAll(arguments);
        assertEquals(0, show(files.toArray(String[]::new)));
        assertEquals(out.toString(), asked);
    }

    @Test
    void oneAttachmentAndTheReasonOfAnother() throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        Path bad = Files.writeString(counters().resolve("pvm-8.counters"), "x".repeat(200));
        assertEquals(0, ask("red/pe1/a"), err::toString);
        assertTrue(out.toString().startsWith("attachment 7  red/pe1/a  running"), out::toString);
        assertEquals(1, ask("8", "--json"));
        assertEquals("edgeplex show: " + bad + " is not a counters file\n", err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, ask("9"));
        assertEquals(
                "edgeplex show: no data plane of attachment 9 counts at the controller "
                        + url
                        + "\n",
                err.toString());
    }

    @Test
    void jsonHasTheReason() throws IOException {
        Path bad = Files.writeString(counters().resolve("pvm-8.counters"), "x".repeat(200));
        assertEquals(1, ask("--json"));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(bad + " is not a counters file", json.at("/0/reason").asText());
        assertTrue(json.at("/0/traffic").isMissingNode());
    }

    @Test
    void noControllerIsOneLine() {
        controller.close();
        assertEquals(1, ask());
        assertEquals(
                "edgeplex show: no answer from the controller at %s (nobody listens there): is it"
                                .formatted(url)
                        + " up, and is --controller right?\n",
                err.toString());
    }

    @Test
    void anUnknownHostIsSaid() {
        assertEquals(1, ask("--controller", "http://nowhere.invalid:8080"), out::toString);
        assertTrue(err.toString().contains("(no such host)"), err::toString);
    }

    @Test
    void aForeignTokenIsSaidWithItsFile() throws IOException {
        Path foreign = Files.writeString(directory.resolve("foreign"), "x".repeat(43));
        assertEquals(1, ask("--token-file", foreign.toString()));
        assertEquals(
                "edgeplex show: the controller at %s does not take the token of %s: --token-file"
                                .formatted(url, foreign)
                        + " must name the file \"token\" in that controller's directory\n",
                err.toString());
    }

    @Test
    void aWrongTokenFileIsSaidAndNotItsContent() throws IOException {
        Path missing = directory.resolve("missing");
        assertEquals(1, ask("--token-file", missing.toString()));
        assertTrue(err.toString().contains(missing + " is not there (--token-file must"));
        err.getBuffer().setLength(0);
        Path wrong = Files.writeString(directory.resolve("wrong"), "secret line\n".repeat(9));
        assertEquals(1, ask("--token-file", wrong.toString()));
        assertTrue(err.toString().contains(wrong + " holds no token (--token-file must"));
        assertTrue(!err.toString().contains("secret"));
        assertEquals(1, err.toString().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://127.0.0.1", "http:/x"})
    void anUrlThatIsNoneIsSaid(String wrong) {
        assertEquals(1, ask("--controller", wrong));
        assertTrue(err.toString().contains("not the URL of a controller: " + wrong), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"dataplanes\":[{\"attachment\":7}]}", "<html>"})
    void whatIsNoControllerIsSaid(String answer) throws IOException {
        HttpServer other = HttpServer.create(ANY_PORT, 0);
        other.createContext(
                "/",
                exchange -> {
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        other.start();
        try {
            String there = "http://127.0.0.1:" + other.getAddress().getPort();
            assertEquals(1, ask("--controller", there));
            assertTrue(
                    err.toString().startsWith("edgeplex show: " + there + " is no controller"),
                    err::toString);
            assertEquals("", out.toString());
        } finally {
            other.stop(0);
        }
    }

    @Test
    void filesAndAControllerAreNotMixed() {
        assertEquals(2, ask("--dir", directory.toString()));
        assertTrue(err.toString().contains("--dir is for files of this machine"), err::toString);
    }
}
