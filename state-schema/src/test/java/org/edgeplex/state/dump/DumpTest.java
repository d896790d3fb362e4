package org.edgeplex.state.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final TableId OF_ANOTHER_RELEASE = new TableId(4_711, "unknown");

    private final MemoryStateStore source = new MemoryStateStore();
    private final MemoryStateStore target = new MemoryStateStore();

    @TempDir Path directory;

    /// Such as on a full disk: what is said is what to do.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"INTO_EMPTY, --merge", "MERGE, --merge", "REPLACE, --replace"})
    void whoIsInterruptedIsToldHowToGoOn(LoadMode mode, String again) throws IOException {
        fill(source);
        if (mode != LoadMode.INTO_EMPTY) {
            put(target, OF_ANOTHER_RELEASE, Bytes.utf8("before"), Bytes.EMPTY);
        }
        StateStore full =
                new DelegatingStore(target) {
                    @Override
                    public CompletableFuture<List<WriteOutcome>> write(
                            List<Write> writes, Duration timeout) {
                        return writes.getFirst() instanceof Write.Put
                                ? CompletableFuture.failedFuture(new StoreException("full"))
                                : super.write(writes, timeout);
                    }
                };
        StoreException stopped =
                assertThrows(StoreException.class, () -> load(dump(source), full, mode));
        assertTrue(
                String.valueOf(stopped.getMessage()).endsWith("full. Run it again with " + again),
                stopped.toString());
    }

    @Test
    void everyEngineHasTheSameHashOfTheSameState() throws IOException {
        fill(source);
        String hash = hash(source);
        try (StateStore first = Stores.open("lmdb:" + directory.resolve("first"));
                StateStore second = Stores.open("lmdb:" + directory.resolve("second"))) {
            assertEquals(hash, load(dump(source), first, LoadMode.INTO_EMPTY).hash());
            assertEquals(hash, hash(first));
            load(dump(first), target, LoadMode.INTO_EMPTY);
            assertEquals(hash, hash(target));
            load(dump(target), second, LoadMode.INTO_EMPTY);
            assertEquals(hash, hash(second));
            assertTrue(second.tables(TIMEOUT).join().contains(OF_ANOTHER_RELEASE));
        }
    }

    @Test
    void aHashTellsTableKeyAndValueApart() {
        put(source, Tables.VRFS.id(), "a", "bc");
        put(target, Tables.VRFS.id(), "ab", "c");
        assertNotEquals(hash(source), hash(target));
        MemoryStateStore other = new MemoryStateStore();
        put(other, Tables.ATTACHMENTS.id(), "a", "bc");
        assertNotEquals(hash(source), hash(other));
        assertEquals("0".repeat(64), hash(new MemoryStateStore()));
    }

    @Test
    void gzipIsReadLikeText() throws IOException {
        fill(source);
        Path packed = directory.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(dump(source));
        }
        load(packed, target, LoadMode.INTO_EMPTY);
        assertEquals(hash(source), hash(target));
        byte[] whole = Files.readAllBytes(packed);
        assertRefused(cut(whole, whole.length - 1), "damaged");
        whole[whole.length / 2] ^= 1;
        assertRefused(whole, "");
    }

    @Test
    void aDumpThatWasCutShortAnywhereIsRefused() throws IOException {
        Sample.all().stream().limit(3).forEach(sample -> put(source, sample));
        byte[] whole = dump(source);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(cut(whole, length), "line ");
        }
    }

    @Test
    void aDumpInWhichAnyOctetChangedIsRefused() throws IOException {
        put(source, Tables.VRFS.id(), "key", "value");
        byte[] whole = dump(source);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertRefused(changed, "");
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GIF89a                                                    | line 1: not JSON
                    []                                                        | line 1: no JSON object
                    {"table":6,"key":"61","value":"62"}                       | not a dump of the state
                    {"edgeplex":"picture","version":1,"tables":{}}            | not a dump of the state
                    {"edgeplex":"state dump","version":2,"tables":{}}         | this release reads 1
                    {"edgeplex":"state dump","version":1,"tables":{"0":"a"}}  | no table number
                    """)
    void aForeignFileIsRefusedWithTheReason(String text, String reason) {
        assertRefused((text + "\n").getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void aFullStoreIsLoadedIntoOnlyWhenTold() throws IOException {
        fill(source);
        put(target, Tables.RESERVATIONS.id(), "other", "\1");
        StoreException refused =
                assertThrows(
                        StoreException.class,
                        () -> load(dump(source), target, LoadMode.INTO_EMPTY));
        assertTrue(refused.toString().contains("--merge"), refused.toString());
        load(dump(source), target, LoadMode.MERGE);
        assertNotEquals(hash(source), hash(target));
        load(dump(source), target, LoadMode.REPLACE);
        assertEquals(hash(source), hash(target));
    }

    @Test
    void anInterruptedLoadGoesOnWhenItIsRunAgain() throws IOException {
        fill(source);
        load(dump(source), target, LoadMode.INTO_EMPTY);
        target.write(
                        List.of(
                                new Write.Remove(
                                        OF_ANOTHER_RELEASE,
                                        Bytes.utf8("1"),
                                        Expect.ANY,
                                        Incarnation.UNFENCED)),
                        TIMEOUT)
                .join();
        assertEquals(1, load(dump(source), target, LoadMode.MERGE).written());
        assertEquals(hash(source), hash(target));
    }

    @Test
    void anEpochOnlyRises() throws IOException {
        Leases before = leases(source);
        before.claim("pvm-1", "pid 1");
        before.claim("pvm-2", "pid 2");
        byte[] dump = dump(source);
        Incarnation later = before.claim("pvm-1", "pid 3");
        Loader.Result result = load(dump, source, LoadMode.REPLACE);
        assertEquals(1, result.leasesNotAsDumped());
        assertEquals(new Lease(later.epoch(), 0, "pid 3"), leases(source).read("pvm-1").get());
        assertEquals("pid 2", leases(source).read("pvm-2").get().owner());
    }

    @Test
    void aRemovedHolderComesBackFenced() throws IOException {
        Leases leases = leases(source);
        Incarnation dead = leases.claim("pvm-1", "pid 1");
        byte[] dump = dump(source);
        leases.remove("pvm-1");
        load(dump, source, LoadMode.MERGE);
        Lease lease = leases.read("pvm-1").get();
        assertTrue(lease.epoch() > dead.epoch(), lease.toString());
        assertEquals("", lease.owner());
        assertTrue(leases.claim("pvm-1", "pid 2").epoch() > lease.epoch());
    }

    @Test
    void aLeaseThatALoadTakesAwayIsRememberedAsRemoved() throws IOException {
        byte[] empty = dump(source);
        Incarnation dead = leases(target).claim("pvm-1", "pid 1");
        load(empty, target, LoadMode.REPLACE);
        assertTrue(leases(target).read("pvm-1").isEmpty());
        assertTrue(leases(target).claim("pvm-1", "pid 2").epoch() > dead.epoch());
    }

    /// The note of removed leases must not be taken for the target's own history.
    @Test
    void leasesBelowTheHighestRemovedOneComeAsTheyAre() throws IOException {
        Leases leases = leases(source);
        leases.claim("a", "pid 1");
        for (int i = 0; i < 5; i++) {
            leases.claim("b", "pid 2");
        }
        leases.remove("b");
        load(dump(source), target, LoadMode.INTO_EMPTY);
        assertEquals(hash(source), hash(target));
    }

    @Test
    void aStoreInWhichAHeartBeatsIsNotTouched() throws IOException {
        fill(source);
        Leases leases = leases(target);
        Incarnation alive = leases.claim("cvm", "pid 1");
        // The second look at the leases comes after as many beats as it takes.
        Thread heart =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                leases.heartbeat(alive);
                                Thread.onSpinWait();
                            }
                        });
        try {
            CheckedDump dump = CheckedDump.of(Files.write(directory.resolve("dump"), dump(source)));
            StoreException refused =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    new Loader(target, TIMEOUT, _ -> {})
                                            .load(dump, LoadMode.MERGE, Loader.LISTENING));
            assertTrue(refused.toString().contains("cvm lives"), refused.toString());
        } finally {
            heart.interrupt();
        }
    }

    private static Leases leases(StateStore store) {
        return new Leases(new State(store, TIMEOUT));
    }

    private static void fill(StateStore store) {
        Sample.all().forEach(sample -> put(store, sample));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_500; i++) {
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            put(store, OF_ANOTHER_RELEASE, Bytes.utf8(Integer.toString(i)), Bytes.wrap(value));
        }
        put(store, OF_ANOTHER_RELEASE, Bytes.utf8("large"), Bytes.wrap(new byte[1 << 20]));
    }

    private static <K, V> void put(StateStore store, Sample<K, V> sample) {
        put(
                store,
                sample.table().id(),
                sample.table().keys().encode(sample.key()),
                sample.table().records().encode(sample.value()));
    }

    private static void put(StateStore store, TableId table, String key, String value) {
        put(store, table, Bytes.utf8(key), Bytes.utf8(value));
    }

    private static void put(StateStore store, TableId table, Bytes key, Bytes value) {
        store.write(
                        List.of(new Write.Put(table, key, value, Expect.ANY, Incarnation.UNFENCED)),
                        TIMEOUT)
                .join();
        assertEquals(value, ((Lookup.Found) store.get(table, key, TIMEOUT).join()).value());
    }

    private static String hash(StateStore store) {
        return new StoreScan(store, TIMEOUT).hash().toString();
    }

    private static byte[] dump(StateStore store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<TableId> tables = new StoreScan(store, TIMEOUT).tables();
        DumpWriter.write(store, tables, out, TIMEOUT, _ -> {});
        return out.toByteArray();
    }

    private Loader.Result load(byte[] dump, StateStore store, LoadMode mode) throws IOException {
        return load(Files.write(directory.resolve("dump"), dump), store, mode);
    }

    private static Loader.Result load(Path file, StateStore store, LoadMode mode)
            throws IOException {
        return new Loader(store, TIMEOUT, _ -> {}).load(CheckedDump.of(file), mode, Duration.ZERO);
    }

    private static byte[] cut(byte[] whole, int length) {
        return Arrays.copyOf(whole, length);
    }

    private static void assertRefused(byte[] dump, String reason) {
        DamagedDumpException refused =
                assertThrows(
                        DamagedDumpException.class,
                        () -> DumpReader.check(new ByteArrayInputStream(dump)));
        assertTrue(refused.toString().contains(reason), refused.toString());
    }
}
