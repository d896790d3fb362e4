package org.edgeplex.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file holds, reading it ends in a snapshot or in a sentence.
class CountersReaderFuzzTest {
    private static final int CHANGES = 3_000;

    @TempDir private Path directory = Path.of("replaced");

    @FuzzTest
    void anyFile(byte[] content) throws IOException {
        Path folder = Files.createTempDirectory("counters");
        Path file = folder.resolve("any.counters");
        try {
            Files.write(file, content);
            readAll(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /// Near misses: most bytes are good, so that the reader goes far.
    @Test
    void aFileWithWrongBytes() throws IOException {
        Path file = CountersFile.of(directory, "pvm-7");
        CountersSource source = CountersSource.ofThisProcess(7, "red/pe1/a", 3);
        try (CountersFile created = CountersFile.create(file, source, CountersFileTest.LAYOUT)) {
            created.area().rows("labels").set(2, 1, 2, 3);
        }
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(1);
        int taken = 0;
        for (int i = 0; i < CHANGES; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(random.nextBoolean() ? 300 : bad.length);
                bad[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bad[at] + 1);
            }
            Files.write(file, bad);
            taken += readAll(file);
        }
        assertTrue(taken > 0 && taken < CHANGES, taken + " taken");
    }

    private static int readAll(Path file) {
        return switch (CountersReader.read(file)) {
            case CountersReader.Reading.Taken(CountersSnapshot snapshot) -> {
                // Neither does asking about it fail.
                assertTrue(snapshot.isLive() || !snapshot.isLive());
                for (CountersSnapshot.Block block : snapshot.blocks()) {
                    for (CountersSnapshot.Row row : block.rows()) {
                        block.columns().forEach(column -> block.value(row, column));
                    }
                }
                yield 1;
            }
            case CountersReader.Reading.Refused(String why) -> {
                assertTrue(why.startsWith(file.toString()), why);
                yield 0;
            }
        };
    }
}
