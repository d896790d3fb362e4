package org.edgeplex.dataplane.io.dpdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
        assertEquals(megabytes, MemoryInfo.freeHugeMegabytes(meminfo));
    }

    private static final List<String> MEMINFO =
            List.of(
                    "MemAvailable:   204800 kB", // 200 MB
                    "HugePages_Free:      150",
                    "HugePages_Rsvd:        0",
                    "Hugepagesize:       2048 kB");

    /// From either kind of pages, but not a part from each.
    @Test
    void takesWhatThereIs() {
        Eal.check(new Eal.Options(300, Eal.ANY_CPU), MEMINFO, CPUS);
        Eal.check(new Eal.Options(200, 2), MEMINFO.subList(0, 1), CPUS);
        Eal.check(new Eal.Options(200, 2), List.of(), CPUS); // the kernel does not say
    }

    @ParameterizedTest(name = "{0} MB, CPU {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | -1 | 301 MB of memory for DPDK are more than there is: 300 MB in free huge"
                        + " pages, 200 MB in others",
                "32 | 1 | there is no CPU 1 for this program; it may run on CPU 0, 2, 3",
                "32 | 77 | there is no CPU 77 for this program; it may run on CPU 0, 2, 3"
            })
    void refusesWhatThereIsNotBeforeDpdkTries(int megabytes, int cpu, String why) {
        Eal.Options options = new Eal.Options(megabytes, cpu);
        DpdkException e =
                assertThrows(DpdkException.class, () -> Eal.check(options, MEMINFO, CPUS));
        assertTrue(String.valueOf(e.getMessage()).startsWith(why), e.getMessage());
    }
}
