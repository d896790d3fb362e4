package org.edgeplex.controller.compute.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
    /// A program that becomes another one over and over, as each of ours does twice at its start.
    @Test
    void theEnvironmentIsFoundInTheMiddleOfAnExec(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path script = folder.resolve("again");
        Files.writeString(
                script,
                """
                N=$((${N:-0} + 1))
                export N
                if [ "$N" -lt 1000 ]; then exec sh "$0"; fi
                """);
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", script.toString()));
        builder.environment().put("EDGEPLEX_TEST", "mark");
        Process process = builder.start();
        int looks = 0;
        while (process.isAlive()) {
            Optional<String> mark = ProcFs.environment(process.pid(), "EDGEPLEX_TEST");
            if (ProcFs.alive(process.pid()).isPresent()) {
                assertEquals(Optional.of("mark"), mark, "look " + looks);
                looks++;
            }
        }
        assertEquals(0, process.waitFor());
        assertTrue(looks > 100, looks + " looks");
    }
}
