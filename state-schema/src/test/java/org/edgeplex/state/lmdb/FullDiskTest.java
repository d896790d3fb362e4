package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that runs full under a map that is larger: an error, and not a signal that ends the
/// process. Needs root for a small file system of its own.
@Tag("machine")
class FullDiskTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final TableId TABLE = new TableId(1_000, "full");

    @TempDir Path directory;

    @Test
    void aFullDiskRefusesWritesUntilThereIsSpace() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=12m", "edgeplex-test", directory.toString());
        try {
            Path ballast = Files.write(directory.resolve("ballast"), new byte[2 << 20]);
            try (StateStore store = LmdbStateStore.open(directory.resolve("store"))) {
                int written = 0;
                String message = "";
                while (message.isEmpty()) {
                    try {
                        put(store, written);
                        written++;
                    } catch (CompletionException e) {
                        message = String.valueOf(e.getCause());
                    }
                }
                assertTrue(message.contains("no space left"), message);
                for (int i = 0; i < written; i++) {
                    assertInstanceOf(Lookup.Found.class, get(store, i));
                }
                Files.delete(ballast);
                put(store, written);
            }
        } finally {
            run("umount", directory.toString());
        }
    }

    @Test
    void aStoreIsNotMadeOnAFullDiskAndIsOnceThereIsSpace() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=12m", "edgeplex-test", directory.toString());
        try {
            Path ballast = directory.resolve("ballast");
            fill(ballast);
            Path store = directory.resolve("store");
            StoreException refused =
                    assertThrows(StoreException.class, () -> LmdbStateStore.open(store));
            assertTrue(refused.toString().contains("o space left"), refused.toString());
            Files.delete(ballast);
            try (StateStore made = LmdbStateStore.open(store)) {
                put(made, 1);
            }
        } finally {
            run("umount", directory.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            while (true) {
                try {
                    out.write(page);
                } catch (IOException _) {
                    return;
                }
            }
        }
    }

    private static void put(StateStore store, int i) {
        Write write =
                new Write.Put(
                        TABLE,
                        key(i),
                        Bytes.wrap(new byte[50_000]),
                        Expect.ANY,
                        Incarnation.UNFENCED);
        assertInstanceOf(
                WriteOutcome.Written.class, store.write(List.of(write), TIMEOUT).join().getFirst());
    }

    private static Lookup get(StateStore store, int i) {
        return store.get(TABLE, key(i), TIMEOUT).join();
    }

    private static Bytes key(int i) {
        return Bytes.utf8("k" + i);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
