package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
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
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.lmdb.LmdbOptions.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stores that are not there, not ours, damaged or full: a message that says what to do, and
/// nothing is harmed.
class RefusedStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final TableId TABLE = new TableId(1_000, "refused");
    private static final int META_VERSION_OFFSET = 20;
    private static final int META_PAGE_SIZE_OFFSET = 40;

    @TempDir Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "floppy:host, unknown kind",
        "/tmp/x, unknown kind",
        "lmdb:, no directory",
        "lmdb:?durability=power, no directory",
        "lmdb:x?durability=never, durability is",
        "lmdb:x?mapSizeMb=0, mapSizeMb is",
        "lmdb:x?mapSizeMb=many, mapSizeMb is",
        "lmdb:x?colour=red, unknown setting",
        "lmdb:x?, unknown setting",
    })
    void aBadLocationIsExplained(String location, String message) {
        assertRefused(() -> Stores.open(location), message);
    }

    @Test
    void aLocationOpensTheStore() {
        String location = "lmdb:" + directory + "/a/b?durability=power&mapSizeMb=16";
        try (StateStore store = Stores.open(location)) {
            put(store, "k", Bytes.utf8("v"));
        }
        try (StateStore store = Stores.openExisting("lmdb:" + directory + "/a/b")) {
            assertInstanceOf(Lookup.Found.class, get(store, "k"));
        }
    }

    @Test
    void whereThereIsNoStoreNoneIsMadeUnlessAsked() throws Exception {
        Path none = directory.resolve("none");
        assertRefused(() -> Stores.openExisting("lmdb:" + none), "there is no store");
        assertFalse(Files.exists(none));
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertRefused(() -> Stores.openExisting("lmdb:" + empty), "there is no store");
        try (var files = Files.list(empty)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(() -> LmdbStateStore.open(file), "not a directory");
        assertRefused(() -> LmdbStateStore.open(file.resolve("below")), "store");
    }

    @Test
    void garbageIsDamageAndStaysAsItIs() throws Exception {
        byte[] garbage = new byte[20_000];
        new SplittableRandom(7).nextBytes(garbage);
        Path file = directory.resolve("data.mdb");
        Files.write(file, garbage);
        assertRefused(() -> LmdbStateStore.open(directory), "not an LMDB file");
        Files.write(file, new byte[100]);
        assertRefused(() -> LmdbStateStore.open(directory), "cut short");
        assertEquals(100, Files.size(file));
    }

    @Test
    void aStoreThatWasCutShortIsDamage() throws Exception {
        fill(directory);
        try (RandomAccessFile file = new RandomAccessFile(dataFile(), "rw")) {
            file.setLength(100_000);
        }
        assertRefused(() -> LmdbStateStore.open(directory), "cut short");
        assertEquals(100_000, Files.size(directory.resolve("data.mdb")));
    }

    @Test
    void aStoreWhoseDataIsGoneIsNotMadeAnew() throws Exception {
        fill(directory);
        Path file = directory.resolve("data.mdb");
        Files.write(file, new byte[0]);
        assertRefused(() -> LmdbStateStore.open(directory), "empty or gone");
        assertRefused(() -> Stores.openExisting("lmdb:" + directory), "empty or gone");
        assertEquals(0, Files.size(file));
        Files.delete(file);
        assertRefused(() -> LmdbStateStore.open(directory), "empty or gone");
        assertFalse(Files.exists(file));
    }

    @Test
    void aPathThatCannotBeFollowedIsNotTakenForNoStore() throws Exception {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertRefused(() -> Stores.openExisting("lmdb:" + loop), "Too many levels");
        assertRefused(() -> LmdbStateStore.open(loop.resolve("below")), "Too many levels");
    }

    @Test
    void anotherVersionOfLmdbIsNamed() throws Exception {
        fill(directory);
        patch(META_VERSION_OFFSET, 2);
        assertRefused(() -> LmdbStateStore.open(directory), "format 2");
        patch(META_VERSION_OFFSET, 1);
        patch(META_PAGE_SIZE_OFFSET, 12_345);
        assertRefused(() -> LmdbStateStore.open(directory), "12345");
        patch(META_PAGE_SIZE_OFFSET, 4_096);
        try (StateStore store = LmdbStateStore.open(directory)) {
            assertInstanceOf(Lookup.Found.class, get(store, "0"));
        }
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource({
        "edgeplex-state 2 durability=process, another release",
        "'', does not say what it is",
    })
    void whatIsNotAStoreOfThisReleaseIsRefused(String says, String message) {
        note(Bytes.utf8(says));
        assertRefused(() -> LmdbStateStore.open(directory), message);
    }

    @Test
    void theDurabilityOfAStoreIsAgreedOn() {
        LmdbOptions options = LmdbOptions.of(directory);
        try (StateStore store = LmdbStateStore.open(options.withDurability(Durability.POWER))) {
            put(store, "k", Bytes.utf8("v"));
            assertRefused(
                    () -> LmdbStateStore.open(options.withDurability(Durability.PROCESS)),
                    "durability=power");
        }
        assertRefused(
                () -> LmdbStateStore.open(options.withDurability(Durability.PROCESS)),
                "durability=power");
        LmdbStateStore.open(options).close();
    }

    @Test
    void aFullStoreRefusesWritesAndGoesOnWhenEnlarged() {
        LmdbOptions small = LmdbOptions.of(directory).withMapSizeMb(1);
        Bytes value = Bytes.wrap(new byte[10_000]);
        int written = 0;
        try (StateStore store = LmdbStateStore.open(small)) {
            String message = "";
            while (message.isEmpty()) {
                try {
                    put(store, "k" + written, value);
                    written++;
                } catch (CompletionException e) {
                    message = String.valueOf(e.getCause());
                }
            }
            assertTrue(message.contains("mapSizeMb"), message);
            assertTrue(written > 10 && written < 100, "written: " + written);
            for (int i = 0; i < written; i++) {
                assertEquals(
                        value, assertInstanceOf(Lookup.Found.class, get(store, "k" + i)).value());
            }
            assertEquals(Lookup.ABSENT, get(store, "k" + written));
        }
        try (StateStore store = LmdbStateStore.open(small.withMapSizeMb(2))) {
            put(store, "k" + written, value);
            assertInstanceOf(Lookup.Found.class, get(store, "k0"));
        }
        // Smaller again, or no size at all: it stays as large as it is.
        for (LmdbOptions options : List.of(small, LmdbOptions.of(directory))) {
            try (StateStore store = LmdbStateStore.open(options)) {
                put(store, "more", value);
                assertEquals(2L << 20, store.figures(TIMEOUT).join().get("map_bytes"));
            }
        }
    }

    @Test
    void whatDoesNotFitDoesNotHinderWhatDoes() {
        try (StateStore store = LmdbStateStore.open(LmdbOptions.of(directory).withMapSizeMb(1))) {
            var large =
                    store.write(List.of(putting("large", Bytes.wrap(new byte[1 << 20]))), TIMEOUT);
            var little = store.write(List.of(putting("small", Bytes.EMPTY)), TIMEOUT);
            assertThrows(CompletionException.class, large::join);
            assertInstanceOf(WriteOutcome.Written.class, little.join().getFirst());
            assertEquals(Lookup.ABSENT, get(store, "large"));
        }
    }

    @Test
    void oneDirectoryIsMappedOnceHoweverItIsNamed() throws Exception {
        Path link =
                Files.createSymbolicLink(
                        directory.resolve("link"),
                        Files.createDirectory(directory.resolve("real")));
        StateStore one = LmdbStateStore.open(directory.resolve("real"));
        try (StateStore other = LmdbStateStore.open(link)) {
            put(one, "k", Bytes.utf8("v"));
            one.close();
            one.close();
            assertInstanceOf(Lookup.Found.class, get(other, "k"));
            put(other, "l", Bytes.utf8("v"));
            StoreException e = assertThrows(StoreException.class, () -> one.changes());
            assertTrue(String.valueOf(e.getMessage()).contains("closed"));
            assertThrows(CompletionException.class, () -> get(one, "k"));
            assertThrows(CompletionException.class, () -> put(one, "k", Bytes.EMPTY));
        }
        try (StateStore again = LmdbStateStore.open(link)) {
            assertInstanceOf(Lookup.Found.class, get(again, "l"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-30792, larger mapSizeMb",
        "28, no space left",
        "-30790, too many processes",
        "-30796, damaged",
        "-30793, damaged",
        "-30794, another version",
        "-30785, start this one again",
        "13, may not write",
        "30, may not write",
        "2, was its directory removed",
        "12, smaller mapSizeMb",
        "5, cannot knit",
    })
    void errorsOfTheLibrarySayWhatToDo(int error, String message) {
        StoreException e = new Errors(directory).exception(error, "knit");
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(directory.toString()), e.getMessage());
    }

    private static void assertRefused(Executable open, String why) {
        StoreException e = assertThrows(StoreException.class, open);
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }

    private static void fill(Path directory) {
        try (StateStore store = LmdbStateStore.open(directory)) {
            for (int i = 0; i < 100; i++) {
                put(store, "" + i, Bytes.wrap(new byte[5_000]));
            }
        }
    }

    private File dataFile() {
        return directory.resolve("data.mdb").toFile();
    }

    private void patch(int offset, int value) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(dataFile(), "rw")) {
            for (long page : new long[] {0, 4_096}) {
                file.seek(page + offset);
                file.writeInt(Integer.reverseBytes(value));
            }
        }
    }

    /// Overwrites what the store says of itself.
    private void note(Bytes text) {
        Environments.Hold hold = Environments.open(LmdbOptions.of(directory));
        hold.environment()
                .writer()
                .submit(
                        1,
                        100,
                        transaction -> {
                            transaction.putOwn(Format.KEY, text);
                            return true;
                        },
                        TIMEOUT)
                .join();
        Environments.release(hold);
    }

    private static Lookup get(StateStore store, String key) {
        return store.get(TABLE, Bytes.utf8(key), TIMEOUT).join();
    }

    private static Write putting(String key, Bytes value) {
        return new Write.Put(TABLE, Bytes.utf8(key), value, Expect.ANY, Incarnation.UNFENCED);
    }

    private static void put(StateStore store, String key, Bytes value) {
        assertInstanceOf(
                WriteOutcome.Written.class,
                store.write(List.of(putting(key, value)), TIMEOUT).join().getFirst());
    }
}
