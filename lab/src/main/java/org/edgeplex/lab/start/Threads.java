package org.edgeplex.lab.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the kernel says of a process's threads.
final class Threads {
    private Threads() {}

    /// Nanoseconds of CPU that all threads alive have had.
    static long cpuNanos(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid, "task"))) {
            return threads.mapToLong(Threads::nanos).sum();
        }
    }

    private static long nanos(Path thread) {
        try {
            String line = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (IOException e) {
            return 0; // it has ended meanwhile
        }
    }
}
