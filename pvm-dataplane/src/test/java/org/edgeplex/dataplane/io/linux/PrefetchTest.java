package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefetchTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void readsTheAddressesAndChangesNothing(int strideBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(64 * 32, 64);
            MemorySegment lines = arena.allocate((long) strideBytes * 32, 64);
            for (int i = 0; i < 32; i++) {
                data.set(ValueLayout.JAVA_LONG, 64L * i, i);
                long line = data.address() + 64L * i;
                lines.set(ValueLayout.JAVA_LONG, (long) strideBytes * i, line);
            }
            for (int count = 0; count <= 32; count++) {
                Prefetch.lines(lines.address(), count, strideBytes);
                Prefetch.touch(lines.address(), count, strideBytes);
            }
            assertEquals(0, Prefetch.loaded()); // 0 ^ 1 ^ .. ^ 31
            for (int i = 0; i < 32; i++) {
                assertEquals(i, data.get(ValueLayout.JAVA_LONG, 64L * i));
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void codeIsWritableOrExecutableAndNeverBoth() throws IOException {
        Prefetch.lines(0, 0, 8);
        assertEquals("prefetch", Prefetch.mode());
        String maps = Files.readString(Path.of("/proc/self/maps"));
        long own = Prefetch.code();
        String line =
                maps.lines()
                        .filter(each -> each.startsWith(Long.toHexString(own) + "-"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(line.contains(" r-xp "), line);
    }

    @Test
    void largeMemoryIsZeroedAndAligned() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment large = new HugeMemory(arena).allocate(5L << 20, 64);
            assertEquals(0, large.address() % (2L << 20));
            assertEquals(5L << 20, large.byteSize());
            assertEquals(0, large.get(ValueLayout.JAVA_LONG, (5L << 20) - 8));
            assertFalse(new HugeMemory(arena).allocate(64, 64).address() == 0);
        }
    }
}
