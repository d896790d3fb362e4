package org.edgeplex.state.dump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Any bytes: a dump, or refused.
class DumpFuzzTest {
    private static final String DUMP =
            """
            {"edgeplex":"state dump","version":1,"tables":{"6":"vrfs"}}
            {"table":6,"key":"00000003","value":"010203"}
            {"end":{"records":1,"tables":{"6":1},"hash":"00","sha256":"00"}}
            """;

    @FuzzTest
    void anyBytesAreADumpOrRefused(byte[] bytes) throws IOException {
        check(bytes);
    }

    /// The same without a fuzzer, in every build: a dump with pieces of it moved and changed.
    @Test
    void anyChangeIsADumpOrRefused() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = DUMP.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(bytes.length);
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(8);
                for (int j = 0; j < length && Math.max(at, from) + j < bytes.length; j++) {
                    bytes[at + j] = (byte) (bytes[from + j] ^ random.nextInt(2));
                }
            }
            try {
                check(bytes);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static void check(byte[] bytes) throws IOException {
        try {
            DumpReader.check(new ByteArrayInputStream(bytes));
        } catch (DamagedDumpException e) {
            // As it should.
        }
    }
}
