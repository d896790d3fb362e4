package org.edgeplex.dataplane.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.dataplane.io.linux.TestProgram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, in a process of its own as DPDK wants it: what it says and writes.
@Tag("machine")
class TrafficProgramTest {
    @TempDir Path folder = Path.of("");

    private record Run(int status, String output) {}

    @Test
    void moreMemoryThanThereIsIsRefusedAtOnce() throws Exception {
        Run run = run("loop", "--port", "ring", "--seconds", "1", "--memory", "1000000");
        assertEquals(1, run.status, run.output);
        assertTrue(run.output.contains("1000000 MB of memory for DPDK are more"), run.output);
        assertEquals(1, run.output.lines().count(), run.output);
    }

    /// DPDK's warning of what does not concern us stays away.
    @Test
    void memifSaysNothingOfSecondaryProcesses() throws Exception {
        String socket = "@edgeplex-quiet-" + ProcessHandle.current().pid();
        Run run = run("sink", "--port", "memif:server,socket=" + socket, "--seconds", "0.1");
        assertEquals(0, run.status, run.output);
        assertFalse(run.output.contains("mp action"), run.output);
    }

    @Test
    void aCaptureIsWrittenWithoutOneToRead() throws Exception {
        Path file = folder.resolve("out.pcap");
        Run run = run("generate", "--port", "pcap,tx_pcap=" + file, "--packets", "3");
        assertEquals(0, run.status, run.output);
        assertTrue(Files.exists(file), run.output);
        assertEquals(60, (Files.size(file) - 24 - 3 * 16) / 3);
    }

    /// The port has frames without end of its own.
    @Test
    void whatComesToAGeneratorIsSaidToMeanNothing() throws Exception {
        Run run = run("generate", "--port", "null", "--packets", "3");
        assertEquals(0, run.status, run.output);
        assertTrue(run.output.contains("sent                     3  "), run.output);
        assertTrue(
                run.output
                        .lines()
                        .anyMatch(line ->
                                line.startsWith("other frames ")
                                        && line.endsWith(
                                                "  came to the port: a generator looks at none")),
                run.output);
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = TestProgram.command(TrafficProgram.class, arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
