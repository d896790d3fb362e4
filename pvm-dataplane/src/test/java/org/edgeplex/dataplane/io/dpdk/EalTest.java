package org.edgeplex.dataplane.io.dpdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EalTest {
    private static final BitSet CPUS = BitSet.valueOf(new long[] {0b1101});

    @Test
    void usesHugePagesWhenEnoughAreFree() {
        List<String> arguments = Eal.arguments(new Eal.Options(32, Eal.ANY_CPU), 32, CPUS);
        assertTrue(arguments.contains("--in-memory"));
        assertFalse(arguments.contains("--no-huge"));
    }

    @Test
    void goesOnWithoutThem() {
        List<String> arguments = Eal.arguments(new Eal.Options(32, 1), 31, CPUS);
        assertTrue(arguments.contains("--no-huge"));
        assertFalse(arguments.contains("--in-memory"), "excludes --no-huge in DPDK 22.11");
        assertEquals("0@(1)", arguments.get(arguments.indexOf("--lcores") + 1));
    }

    @Test
    void runsWhereItsThreadMay() {
        List<String> arguments = Eal.arguments(new Eal.Options(32, Eal.ANY_CPU), 32, CPUS);
        assertEquals("0@(0,2,3)", arguments.get(arguments.indexOf("--lcores") + 1));
    }

    @ParameterizedTest(name = "{0} free, {1} reserved, {2} kB each")
    @CsvSource({
        "64, 0, 2048, 128",
        "64, 60, 2048, 8",
        "4, 9, 2048, 0",
        "1, 0, 1048576, 1024",
        "0, 0, 2048, 0",
        "x, 0, 2048, 0"
    })
    void readsWhatIsFree(String free, String reserved, String kilobytes, long megabytes) {
        List<String> meminfo =
                List.of(
                        "MemTotal:       24563788 kB",
                        "HugePages_Total:      64",
                        "HugePages_Free:      " + free,
                        "HugePages_Rsvd:      " + reserved,
                        "Hugepagesize:       " + kilobytes + " kB");
        assertEquals(megabytes, HugePages.freeMegabytes(meminfo));
    }
}
