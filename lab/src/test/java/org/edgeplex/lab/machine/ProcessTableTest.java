package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProcessTableTest {
    private final ProcessTable processes = new ProcessTable(Path.of("/proc"));

    @Test
    void theStartOfAProcessIsField22WhateverItsNameHolds() {
        String stat = "42 (a ) b) S 1 42 42 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 2 3";

        assertEquals(Optional.of(987654L), ProcessTable.startTicks(stat));
    }

    @Test
    void aStatThatIsCutShortHasNoStart() {
        assertEquals(Optional.empty(), ProcessTable.startTicks("42 (a) S 1 42"));
    }

    /// The mark alone finds a process, and the children that it leaves behind.
    @Test
    void aProcessIsFoundByItsMarkUntilItEnds() {
        Commands commands = new Commands(Path.of("/test/" + ProcessHandle.current().pid()));
        Process process = commands.start(Path.of("/dev/null"), List.of("sleep", "60"));

        // The kernel shows the environment a moment after it has begun the program.
        List<Long> found = List.of(process.pid());
        assertTrue(
                Poll.until(
                        Duration.ofSeconds(5),
                        () -> processes.marked(commands.mark()).equals(found)));
        assertTrue(processes.startTicks(process.pid()).isPresent());

        process.destroyForcibly();
        process.onExit().join();
        assertEquals(List.of(), processes.marked(commands.mark()));
    }

    @Test
    void nothingIsStartedAfterTheCleanerClosed() {
        Commands commands = new Commands(Path.of("/test/closed"));
        commands.close();

        assertThrows(CommandFailedException.class, () -> commands.run("true"));
    }

    @Test
    void aCommandHasItsStatusOutputErrorsAndInput() {
        Commands commands = new Commands(Path.of("/test/commands"));

        CommandResult result =
                commands.attempt(
                        Duration.ofSeconds(10),
                        List.of("sh", "-c", "cat; echo no >&2; exit 3"),
                        "in");

        assertFalse(result.succeeded());
        assertEquals(3, result.exitStatus());
        assertEquals("in", result.output());
        assertEquals("no\n", result.errors());
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() {
        Commands commands = new Commands(Path.of("/test/slow"));

        assertThrows(
                CommandFailedException.class,
                () -> commands.attempt(Duration.ofMillis(50), List.of("sleep", "60")));
        assertTrue(
                Poll.until(Duration.ofSeconds(5), () -> processes.marked("/test/slow").isEmpty()));
    }
}
