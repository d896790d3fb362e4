package org.edgeplex.state.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.edgeplex.state.StoreException;

/// A directory and processes for the time of a bench: all gone at its end, also after Ctrl-C.
final class Workplace implements AutoCloseable {
    private static final int END_SECONDS_MAX = 5;

    private final Path directory;
    private final Deque<Process> processes = new ConcurrentLinkedDeque<>();
    private final Thread hook = new Thread(this::clear);

    Workplace() {
        try {
            directory = Files.createTempDirectory("edgeplex-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program in the `PATH`; where there is none, [StoreException] says what to install.
    static Path program(String name, String packageName) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new StoreException(
                                "there is no %s: install %s".formatted(name, packageName)));
    }

    /// Starts a program that ends with the bench; what it complains of goes to `complaints`.
    Process start(Path complaints, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(complaints.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        Process process = builder.start();
        processes.push(process);
        return process;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: Ctrl-C.
        }
    }

    private void clear() {
        for (Process process : processes) {
            process.destroy();
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // Gone already, or written to until the end: it is in the system's temporary directory.
        }
    }
}
