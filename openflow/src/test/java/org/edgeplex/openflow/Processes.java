package org.edgeplex.openflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Commands of the machine, for tests.
public final class Processes {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Processes() {}

    /// Runs the command to its end; its output. Fails the test if it fails.
    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = await(process);
        if (status != 0) {
            throw new AssertionError(List.of(command) + " ended with " + status + ": " + output);
        }
        return output;
    }

    /// Waits for the end of the process; its exit status.
    public static int await(Process process) {
        try {
            if (process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("no end: " + process.info());
    }
}
