package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stores that may not be written to, or not be seen. Needs root, for a file system of its own and
/// to give up what lets root do everything.
@Tag("machine")
class UnwritablePlaceTest {
    private static final List<String> WITHOUT_ROOTS_RIGHTS =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    @TempDir Path directory;

    @AfterEach
    void letJUnitIn() throws IOException {
        allow(directory.resolve("outer"), "rwx------");
    }

    @Test
    void aReadOnlyFileSystemIsNamed() throws Exception {
        Path outer = Files.createDirectory(directory.resolve("outer"));
        run("mount", "-t", "tmpfs", "-o", "size=12m", "edgeplex-test", outer.toString());
        try {
            Path store = outer.resolve("store");
            LmdbStateStore.open(LmdbOptions.of(store).withMapSizeMb(1)).close();
            byte[] before = Files.readAllBytes(store.resolve("data.mdb"));
            run("mount", "-o", "remount,ro", outer.toString());
            for (Path place : List.of(store, outer.resolve("new"))) {
                StoreException e =
                        assertThrows(StoreException.class, () -> LmdbStateStore.open(place));
                assertTrue(
                        String.valueOf(e.getMessage()).contains("ead-only file system"),
                        e.getMessage());
            }
            assertArrayEquals(before, Files.readAllBytes(store.resolve("data.mdb")));
        } finally {
            run("umount", outer.toString());
        }
    }

    /// What may not be looked into is not taken for a place without a store.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "outer, ---------",
        "outer/store, ---------",
        "outer/store/data.mdb, ---------",
        "outer/store/data.mdb, r--------",
        "outer/store/open.lock, r--------",
        "outer/store/lock.mdb, r--------",
        "outer/store/write.lock, r--------",
    })
    void whatAUserMayNotUseIsNamed(String place, String permissions) throws Exception {
        Path store = directory.resolve("outer/store");
        LmdbStateStore.open(LmdbOptions.of(store).withMapSizeMb(1)).close();
        allow(directory.resolve(place), permissions);
        Process process =
                ForkedJvm.start(
                        WITHOUT_ROOTS_RIGHTS,
                        WriterProcess.class,
                        List.of("ask", store.toString(), ""));
        String said = process.inputReader().readLine();
        assertEquals(0, process.waitFor());
        assertTrue(said.contains("user root"), said);
        Stores.openExisting("lmdb:" + store).close();
    }

    private static void allow(Path place, String permissions) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
