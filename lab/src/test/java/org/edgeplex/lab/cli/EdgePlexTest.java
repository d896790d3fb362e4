package org.edgeplex.lab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class EdgePlexTest {
    private static final String HOME = "edgeplex.home";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String before = System.getProperty(HOME, "");

    @BeforeEach
    void beAtHome() {
        System.setProperty(HOME, Path.of("..").toAbsolutePath().normalize().toString());
    }

    @AfterEach
    void leave() {
        if (before.isEmpty()) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    @Test
    void aScenarioThatIsNotThereIsAMistakeAndTheOthersAreNamed() {
        assertEquals(2, run("simulate", "--scenario", "nope", "--seeds", "1"));
        assertTrue(err.toString().contains("no scenario nope"), err.toString());
        assertTrue(err.toString().contains("labels"), err.toString());
    }

    @Test
    void aShellIsOfferedTheTopologies() {
        assertEquals(0, run("completion", "bash"));
        String script = out.toString();
        int run = script.indexOf("function _picocli_edgeplex_lab_run()");
        int end = script.indexOf("\n}\n", run);
        assertTrue(script.substring(run, end).contains("\"l3vpn\""), script.substring(run, end));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "traffic loop --port ring --nope | edgeplex traffic: Unknown option: '--nope'",
                "traffic loop | edgeplex traffic: Missing required option: '--port=<port>'",
                "traffic loop --port null | edgeplex traffic: what is sent to null never comes back",
                "lab run --nope | edgeplex lab run: Unknown option: '--nope'",
                "vpn nope | edgeplex vpn: Unmatched argument at index 1: 'nope'",
                "bench start --runs many | edgeplex bench start: Invalid value for option '--runs'",
                "nope | edgeplex: Unmatched argument at index 0: 'nope'"
            })
    void aWrongLineIsAnsweredInAFewOthers(String arguments, String error) {
        assertEquals(2, run(arguments.split(" ", -1)));
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.getFirst().startsWith(error), err.toString());
        String command = error.substring(0, error.indexOf(':'));
        assertEquals("try: " + command + " --help", lines.getLast());
        assertTrue(lines.size() <= 3, err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lab", "bench", "vpn", "state", "show", "trace"})
    void aGroupAloneNamesItsCommands(String group) {
        assertEquals(2, group.isEmpty() ? run() : run(group));
        assertTrue(err.toString().contains("Commands:"), err.toString());
    }

    /// The errors say so.
    @Test
    void everyCommandHasHelp() {
        List<String> without = new ArrayList<>();
        addWithoutHelp(EdgePlex.commandLine(), without);
        assertEquals(List.of(), without);
    }

    private static void addWithoutHelp(CommandLine command, List<String> without) {
        if (command.getCommandSpec().findOption("--help") == null) {
            without.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(below -> addWithoutHelp(below, without));
    }

    @ParameterizedTest
    @CsvSource({"bench start", "bench idle", "bench forward"})
    void aCpuThatIsNotThereIsAMistakeAndTheOthersAreNamed(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.addAll(List.of("--cpu", "1023"));
        assertEquals(1, run(arguments.toArray(String[]::new)));
        String said = err.toString();
        assertTrue(said.contains("there is no CPU 1023 for this program; it may run on"), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void aShellIsOfferedPortsAndWhatTheLauncherDoes() {
        assertEquals(0, run("completion", "bash"));
        String script = out.toString();
        int first = script.indexOf("local commands=\"");
        assertTrue(script.substring(first, script.indexOf('\n', first)).contains(" test "), script);
        assertTrue(script.contains("\"af_packet:\""), script);
    }

    private int run(String... arguments) {
        return EdgePlex.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
