package org.edgeplex.dataplane.io.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// How much memory nobody uses, as the kernel says it: proc(5), `/proc/meminfo`.
final class MemoryInfo {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final long KILOBYTES = 1024;

    private MemoryInfo() {}

    /// Its lines; none where the kernel does not say.
    static List<String> read() {
        try {
            return Files.readAllLines(MEMINFO);
        } catch (IOException e) {
            return List.of();
        }
    }

    /// In huge pages of the default size; 0 where the kernel does not say.
    static long freeHugeMegabytes(List<String> meminfo) {
        long free =
                number(meminfo, "HugePages_Free:").orElse(0)
                        - number(meminfo, "HugePages_Rsvd:").orElse(0);
        return Math.max(0, free) * number(meminfo, "Hugepagesize:").orElse(0) / KILOBYTES;
    }

    /// In ordinary pages, without swapping; without end where the kernel does not say.
    static long availableMegabytes(List<String> meminfo) {
        OptionalLong kilobytes = number(meminfo, "MemAvailable:");
        return kilobytes.isPresent() ? kilobytes.getAsLong() / KILOBYTES : Long.MAX_VALUE;
    }

    private static OptionalLong number(List<String> meminfo, String name) {
        return meminfo.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .filter(text -> text.matches("\\d{1,15}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
