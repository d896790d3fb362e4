package org.edgeplex.controller.compute.netns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs commands of the system to their end: lists of arguments, in bounded time.
final class Commands {
    private static final Duration TIME_MAX = Duration.ofSeconds(10);
    private static final int OUTPUT_BYTES_MAX = 64 << 10;

    private Commands() {}

    /// Returns what it printed.
    static String run(List<String> command) throws CommandFailedException {
        Result result = result(command);
        if (result.status() != 0) {
            throw new CommandFailedException(
                    String.join(" ", command)
                            + ": status "
                            + result.status()
                            + (result.output().isEmpty() ? "" : ": " + result.output()));
        }
        return result.output();
    }

    /// Whether it ended with status 0.
    static boolean succeeds(List<String> command) throws CommandFailedException {
        return result(command).status() == 0;
    }

    private record Result(int status, String output) {}

    private static Result result(List<String> command) throws CommandFailedException {
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readNBytes(OUTPUT_BYTES_MAX);
            if (!process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandFailedException(
                        String.join(" ", command) + ": not done after " + TIME_MAX);
            }
            return new Result(
                    process.exitValue(), new String(output, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new CommandFailedException(String.join(" ", command) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(String.join(" ", command) + ": interrupted");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
