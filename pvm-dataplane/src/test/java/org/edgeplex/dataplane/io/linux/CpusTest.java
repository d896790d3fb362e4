package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpusTest {
    private static final BitSet ALLOWED = BitSet.valueOf(new long[] {0b1101});

    @Test
    void takesOneThatThereIs() {
        assertDoesNotThrow(() -> Cpus.check(2, ALLOWED));
        assertDoesNotThrow(() -> Cpus.check(Cpus.chosen(null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 4, 1 << 20})
    void namesThoseThatThereAre(int cpu) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Cpus.check(cpu, ALLOWED));
        assertTrue(String.valueOf(e.getMessage()).endsWith("CPU 0, 2, 3"), e.getMessage());
    }

    @Test
    void takesTheOneThatWasNamed() {
        int there = Cpus.chosen(null);
        assertEquals(there, Cpus.chosen(there));
        assertThrows(IllegalArgumentException.class, () -> Cpus.chosen(1 << 20));
    }

    /// A program may have been given the last CPUs only.
    @Test
    void theLastOneIsNotTheirCount() {
        assertEquals(3, Cpus.last(ALLOWED));
    }

    @ParameterizedTest(name = "beside {0}: {1}")
    @CsvSource({"3, 2", "2, 0", "0, 2"})
    void findsAnother(int cpu, int other) {
        assertEquals(other, Cpus.otherThan(cpu, ALLOWED));
    }

    @Test
    void withOneThereIsNoOther() {
        BitSet one = BitSet.valueOf(new long[] {0b100});
        assertThrows(IllegalArgumentException.class, () -> Cpus.otherThan(2, one));
    }
}
