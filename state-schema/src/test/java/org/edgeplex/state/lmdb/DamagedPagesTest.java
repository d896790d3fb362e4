package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage anywhere in the file ends no process that opens it.
class DamagedPagesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAP_SIZE_MB = 4;
    private static final int KEYS = 3_000;
    private static final long DAMAGES = Long.getLong("edgeplex.damages", 200);

    @TempDir Path directory;

    @Test
    void damageIsToldAndNothingCrashes() throws Exception {
        Path store = directory.resolve("store");
        long pages = fill(store);
        Path work = Files.createDirectory(directory.resolve("work"));
        long first = System.nanoTime() & 0xffffff;
        Process process =
                ForkedJvm.start(
                        DamagedStoreProcess.class,
                        List.of(
                                store.toString(),
                                work.toString(),
                                "" + pages,
                                "" + first,
                                "" + DAMAGES));
        List<String> lines = process.inputReader().readAllLines();
        assertEquals(0, process.waitFor(), "ended at: " + lines.getLast());
        assertEquals(DAMAGES, lines.size());
        assertEquals(List.of(), lines.stream().filter(line -> line.contains("FAILED")).toList());
        long refused = lines.stream().filter(line -> line.contains("refused")).count();
        long used = lines.stream().filter(line -> line.endsWith("used")).count();
        assertTrue(refused > DAMAGES / 4 && used > 0, refused + " refused, " + used + " used");
    }

    /// A store with a history: long values and short ones, some gone. Returns its pages.
    private static long fill(Path directory) {
        SplittableRandom random = new SplittableRandom(7);
        LmdbOptions options = LmdbOptions.of(directory).withMapSizeMb(MAP_SIZE_MB);
        try (LmdbStateStore store = LmdbStateStore.open(options)) {
            for (int i = 0; i < KEYS; i++) {
                TableId table = new TableId(1_000 + i % 3, "damaged-" + i % 3);
                Bytes key = Bytes.utf8("key " + random.nextInt(KEYS / 2));
                int bytes = random.nextInt(20) == 0 ? 4_000 + random.nextInt(9_000) : 60;
                write(
                        store,
                        new Write.Put(table, key, value(bytes), Expect.ANY, Incarnation.UNFENCED));
                if (random.nextInt(4) == 0) {
                    write(store, new Write.Remove(table, key, Expect.ANY, Incarnation.UNFENCED));
                }
            }
            return store.figures(TIMEOUT).join().getOrDefault("used_bytes", 0L) / 4_096;
        }
    }

    private static Bytes value(int bytes) {
        return Bytes.wrap(new byte[bytes]);
    }

    private static void write(LmdbStateStore store, Write write) {
        store.write(List.of(write), TIMEOUT).join();
    }
}
