package org.edgeplex.pvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Commands of the machine, by argument lists.
final class Commands {
    private static final int SECONDS_MAX = 20;

    private Commands() {}

    /// Runs to the end and returns what it said; a failure fails the test.
    static String run(List<String> command) {
        return run(command, true);
    }

    static String run(String... command) {
        return run(List.of(command));
    }

    /// As [#run], but an exit status is no failure: a daemon may not answer yet.
    static String attempt(List<String> command) {
        return run(command, false);
    }

    /// Starts a process that stays; what it says goes to the file.
    static Process start(Path log, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> inNamespace(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(Arrays.asList(command));
        return all;
    }

    static void kill(Process process) {
        process.destroyForcibly();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("survived SIGKILL: " + process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String run(List<String> command, boolean mustSucceed) {
        try {
            Path output = Files.createTempFile("pvm-control-", ".out");
            try {
                Process process = start(output, command);
                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    kill(process);
                    throw new AssertionError(command + " did not end");
                }
                String said = Files.readString(output, StandardCharsets.UTF_8);
                if (mustSucceed && process.exitValue() != 0) {
                    throw new AssertionError(command + ": " + said);
                }
                return said;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
