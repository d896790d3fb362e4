package org.edgeplex.lab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    private int run(String... arguments) {
        return EdgePlex.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
