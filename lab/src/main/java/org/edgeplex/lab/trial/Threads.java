package org.edgeplex.lab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the kernel says of a process's threads.
public final class Threads {
    private static final String WORKER = "dataplane";

    private Threads() {}

    /// Nanoseconds of CPU that all threads alive have had.
    public static long cpuNanos(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid, "task"))) {
            return threads.mapToLong(Threads::nanos).sum();
        }
    }

    /// The same of the thread alone that forwards.
    public static long workerNanos(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid, "task"))) {
            return threads.filter(Threads::isWorker)
                    .findFirst()
                    .map(Threads::nanos)
                    .orElseThrow(() -> new IOException("process " + pid + " forwards nothing"));
        }
    }

    private static boolean isWorker(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(WORKER);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static long nanos(Path thread) {
        try {
            String line = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw new UncheckedIOException(e); // a kernel without schedstat
            }
            return 0; // it has ended meanwhile
        }
    }
}
