package org.edgeplex.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.Controller;
import org.edgeplex.controller.config.ConfigReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The client's commands against a real controller with the default configuration.
class VpnCommandTest {
    private static final String ORDER =
            """
            vpn-id: red
            customer-name: Red Ltd
            vpn-nodes:
              - vpn-node-id: pe1
                rd: "65000:1"
                import-route-targets: ["65000:1"]
                export-route-targets: ["65000:1"]
            """;

    @TempDir private Path directory;
    private Controller controller;
    private int port;

    private record Ran(int status, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        controller =
                Controller.start(
                        ConfigReader.byDefault(directory),
                        directory,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = controller.port();
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void aVpnIsCreatedShownListedAndDeleted() throws IOException {
        Path file = Files.writeString(directory.resolve("red.yml"), ORDER);
        Ran created = run("create", "-f", file.toString());
        assertEquals(new Ran(0, "red accepted\nred/pe1 accepted\n", ""), created);
        Ran again = run("create", "-f", file.toString());
        assertEquals("red is there already\nred/pe1 is there already\n", again.out());
        JsonNode shown = new ObjectMapper().readTree(run("show", "red", "--json").out());
        assertEquals("65000:1", shown.at("/vpn-nodes/0/rd").asText());
        assertTrue(run("list").out().contains("red"));
        Ran deleted = run("delete", "red", "--wait");
        assertEquals(0, deleted.status());
        assertTrue(deleted.out().contains("GONE         red: "), deleted.out());
        Ran gone = run("show", "red");
        assertEquals(new Ran(1, "", "edgeplex vpn: there is no vpn-service red\n"), gone);
    }

    @Test
    void anotherVpnOfTheSameNameIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("red.yml"), ORDER);
        run("create", "-f", file.toString());
        Files.writeString(file, ORDER.replace("Red Ltd", "Red plc"));
        Ran refused = run("create", "-f", file.toString());
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("/vpn-id: red exists already"), refused.err());
    }

    @Test
    void anAccessSaysWhatThePeLacks() {
        Ran refused =
                run(
                        "create --vpn red --node pe1 --rd 65000:1 --import 65000:1"
                                + " --export 65000:1 --access red-1 --port ce-red"
                                + " --address 172.16.1.1/30 --route 10.1.0.0/24=172.16.1.2");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("red/pe1/red-1 is refused"), refused.err());
        assertTrue(refused.err().contains("no compute hosts"), refused.err());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    delete Red              | 1 | a name must be
                    delete red/pe1/a/b      | 1 | a name looks like
                    delete red              | 1 | there is no vpn-service red
                    create -f nowhere.yml   | 1 | cannot be read
                    create                  | 2 | Missing required argument
                    destroy                 | 2 | Unmatched argument
                    """)
    void mistakesAreToldInWords(String arguments, int status, String message) {
        Ran ran = run(arguments);
        assertEquals(status, ran.status(), ran.err());
        assertTrue(ran.err().contains(message), ran.err());
    }

    @Test
    void aControllerThatIsNotThereIsNamed() throws IOException {
        controller.close();
        Ran ran = run("list");
        assertEquals(1, ran.status());
        assertTrue(ran.err().contains("no answer from the controller at"), ran.err());
    }

    private Ran run(String arguments) {
        return run(arguments.split(" ", -1));
    }

    private Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        // "create" alone is a mistake of the command line, whatever follows.
        if (!all.equals(List.of("create")) && !all.equals(List.of("destroy"))) {
            all.addAll(
                    List.of(
                            "--controller=http://127.0.0.1:" + port,
                            "--token-file=" + Controller.tokenFile(directory)));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                new CommandLine(new VpnCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(all.toArray(String[]::new));
        return new Ran(status, out.toString(), err.toString());
    }
}
