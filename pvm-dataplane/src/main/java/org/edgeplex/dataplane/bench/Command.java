package org.edgeplex.dataplane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Other programs, and what the kernel says of them.
final class Command {
    private static final int END_SECONDS_MAX = 5;

    private Command() {}

    /// Runs a command to its end; its output.
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Starts a program that stays; what it says goes to a file.
    static Process start(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nanoseconds of CPU that each thread of a process has had.
    static Map<Path, Long> threadNanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid, "task"))) {
            return threads.collect(Collectors.toMap(thread -> thread, Command::runNanos));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the thread that was busiest since then has had since then.
    static long busiestThreadNanos(long pid, Map<Path, Long> since) {
        return threadNanos(pid).entrySet().stream()
                .mapToLong(thread -> thread.getValue() - since.getOrDefault(thread.getKey(), 0L))
                .max()
                .orElse(0);
    }

    private static long runNanos(Path thread) {
        try {
            String line = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (IOException e) {
            return 0; // it has ended meanwhile
        }
    }
}
