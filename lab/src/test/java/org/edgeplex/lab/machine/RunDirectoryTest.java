package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunDirectoryTest {
    @TempDir Path base;

    @Test
    void oneClaimAtATime() {
        RunDirectory lab = RunDirectory.at(base.resolve("lab"));

        try (RunDirectory.Claim first = lab.claim().orElseThrow()) {
            assertTrue(first.channel().isOpen());
            assertEquals(Optional.empty(), lab.claim());
            assertEquals(ProcessHandle.current().pid(), lab.claimant().orElseThrow().pid());
        }
        lab.claim().orElseThrow().close();
    }

    @Test
    void twoLabsDoNotHinderEachOther() {
        try (RunDirectory.Claim one = RunDirectory.at(base.resolve("one")).claim().orElseThrow();
                RunDirectory.Claim two =
                        RunDirectory.at(base.resolve("two")).claim().orElseThrow()) {
            assertTrue(one.channel().isOpen() && two.channel().isOpen());
        }
    }

    @Test
    void cleaningEndsProcessesAndRemovesFiles() throws IOException {
        RunDirectory lab = RunDirectory.at(base.resolve("lab"));
        Files.writeString(lab.directory("node", "log").resolve("file"), "text");
        Machine machine = new Machine(lab);
        Process known = machine.startProgram("known", lab.resolve("log"), List.of("sleep", "60"));
        // Its parent is gone, and the journal never heard of it.
        machine.commands().run("sh", "-c", "sleep 61 > /dev/null 2>&1 &");
        assertEquals(2, new ProcessTable(Path.of("/proc")).marked(lab.path().toString()).size());

        new Cleaner(lab).clean();

        assertFalse(known.isAlive());
        assertEquals(List.of(), new ProcessTable(Path.of("/proc")).marked(lab.path().toString()));
        assertFalse(Files.exists(lab.path()));
    }

    /// To take a lab down is to delete its directory: no name leads out of ours.
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", ".", "..", "../../x", "/etc", "a/b", "a-b", "A", "1a"})
    void aNameIsNoPath(String name) {
        assertThrows(IllegalArgumentException.class, () -> RunDirectory.of(name));
    }

    @Test
    void cleaningTwiceIsCleaningOnce() {
        RunDirectory lab = RunDirectory.at(base.resolve("lab"));
        lab.directory();

        new Cleaner(lab).clean();
        new Cleaner(lab).clean();

        assertFalse(lab.exists());
    }
}
