package org.edgeplex.dataplane.io.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How much memory in huge pages of the default size nobody uses.
final class HugePages {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private HugePages() {}

    /// 0 where the kernel does not say.
    static long freeMegabytes() {
        try {
            return freeMegabytes(Files.readAllLines(MEMINFO));
        } catch (IOException e) {
            return 0;
        }
    }

    static long freeMegabytes(List<String> meminfo) {
        long free = number(meminfo, "HugePages_Free:") - number(meminfo, "HugePages_Rsvd:");
        return Math.max(0, free) * number(meminfo, "Hugepagesize:") / 1024;
    }

    private static long number(List<String> meminfo, String name) {
        return meminfo.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .filter(text -> text.matches("\\d{1,15}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
