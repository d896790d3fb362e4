package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes on one directory; some are killed, at any point, or stopped.
class KilledProcessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);
    private static final int KILLS = 20;

    @TempDir Path directory;

    @Test
    void countersOfSeveralProcessesAreExact() throws Exception {
        int each = 500;
        try (WriterProcess one = WriterProcess.fork("count", directory, "" + each);
                WriterProcess two = WriterProcess.fork("count", directory, "" + each);
                WriterProcess three = WriterProcess.fork("count", directory, "" + each)) {
            assertEquals(0, one.await() + two.await() + three.await());
        }
        try (StateStore store = LmdbStateStore.open(directory)) {
            assertEquals(3L * each, counter(store, WriterProcess.SHARED_COUNTER));
            assertEquals(3L * each, counter(store, WriterProcess.SHARED_VALUE));
        }
    }

    /// A chain of writers, two at a time: each is killed while it writes, some time after its first
    /// acknowledgements. A reader follows the changes all the while.
    @Test
    void noAcknowledgedWriteIsLostByKills() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> followed = new TreeSet<>();
        try (StateStore store = LmdbStateStore.open(directory)) {
            ChangeCursor cursor = store.changes();
            WriterProcess next = WriterProcess.fork("endless", directory, "w0");
            for (int i = 0; i < KILLS; i++) {
                WriterProcess victim = next;
                next = WriterProcess.fork("endless", directory, "w" + (i + 1));
                try (victim) {
                    int acknowledged = killAfter(victim, 1 + random.nextInt(300));
                    check(store, "w" + i, acknowledged, "seed " + seed + ", kill " + i);
                    follow(cursor, followed);
                } catch (AssertionError | Exception e) {
                    next.close();
                    throw e;
                }
            }
            next.kill();
            follow(cursor, followed);
            assertEquals(keys(store), followed, "the log of changes has what the table has");
        }
        try (StateStore again = LmdbStateStore.open(directory)) {
            assertEquals(followed, keys(again));
            assertTrue(
                    write(again, "after", TIMEOUT) instanceof WriteOutcome.Written,
                    "the store goes on");
        }
    }

    @Test
    void whileAnotherProcessHoldsTheLockWritesAreUnknownAndReadsGoOn() throws Exception {
        try (StateStore store = LmdbStateStore.open(directory)) {
            write(store, "before", TIMEOUT);
            try (WriterProcess holder = WriterProcess.fork("hold", directory, "")) {
                assertTrue(holder.readLine().startsWith("holding"));
                assertInstanceOf(WriteOutcome.Unknown.class, write(store, "taken", SHORT_TIMEOUT));
                assertInstanceOf(
                        WriteOutcome.Unknown.class, write(store, "waiting", SHORT_TIMEOUT));
                assertInstanceOf(Lookup.Found.class, get(store, "before"));
                holder.goOn();
                assertEquals("released", holder.readLine());
            }
            // What nobody waits for any more is not done behind his back.
            assertInstanceOf(WriteOutcome.Written.class, write(store, "after", TIMEOUT));
            assertEquals(Lookup.ABSENT, get(store, "taken"));
            assertEquals(Lookup.ABSENT, get(store, "waiting"));
        }
    }

    @Test
    void theLockOfAKilledProcessIsFree() throws Exception {
        try (StateStore store = LmdbStateStore.open(directory);
                WriterProcess holder = WriterProcess.fork("hold", directory, "")) {
            assertTrue(holder.readLine().startsWith("holding"));
            holder.kill();
            assertInstanceOf(WriteOutcome.Written.class, write(store, "k", TIMEOUT));
        }
    }

    @Test
    void closingDoesNotWaitForeverForALock() throws Exception {
        try (WriterProcess holder = WriterProcess.fork("hold", directory, "")) {
            assertTrue(holder.readLine().startsWith("holding"));
            StateStore store = LmdbStateStore.open(directory);
            write(store, "k", SHORT_TIMEOUT);
            store.close();
            StoreException refused =
                    assertThrows(StoreException.class, () -> LmdbStateStore.open(directory));
            assertTrue(String.valueOf(refused.getMessage()).contains("closed"));
        }
    }

    private static int killAfter(WriterProcess victim, int acknowledgements) throws Exception {
        String last = "-1";
        for (int i = 0; i < acknowledgements; i++) {
            last = victim.readLine();
        }
        victim.kill();
        List<String> rest = new ArrayList<>(victim.readRest());
        return Integer.parseInt(rest.isEmpty() ? last : rest.getLast());
    }

    /// All that was acknowledged is there, and besides at most what was under way.
    private static void check(StateStore store, String name, int acknowledged, String context) {
        List<ScanPage.Entry> entries = scan(store, Bytes.utf8(name + "/"));
        int last = entries.size() - 1;
        assertTrue(
                last == acknowledged || last == acknowledged + 1,
                context + ": acknowledged " + acknowledged + ", there " + last);
        Set<Long> values = new HashSet<>();
        for (ScanPage.Entry entry : entries) {
            values.add(EngineRules.counter(WriterProcess.TABLE, entry.key(), entry.value()));
        }
        assertEquals(entries.size(), values.size(), context);
        long counted = counter(store, Bytes.utf8(name));
        assertTrue(
                counted == acknowledged + 1 || counted == acknowledged + 2,
                context + ": acknowledged " + acknowledged + ", counted " + counted);
    }

    private static void follow(ChangeCursor cursor, Set<String> followed) {
        List<Change> changes;
        do {
            changes = assertInstanceOf(ChangeCursor.Poll.Changes.class, cursor.poll(500)).changes();
            changes.forEach(change -> followed.add(text(change.key())));
        } while (!changes.isEmpty());
    }

    private static Set<String> keys(StateStore store) {
        Set<String> keys = new TreeSet<>();
        scan(store, Bytes.EMPTY).forEach(entry -> keys.add(text(entry.key())));
        return keys;
    }

    private static List<ScanPage.Entry> scan(StateStore store, Bytes prefix) {
        return store.scan(WriterProcess.TABLE, prefix, Bytes.EMPTY, 1_000_000, TIMEOUT)
                .join()
                .entries();
    }

    private static long counter(StateStore store, Bytes key) {
        Lookup.Found found =
                assertInstanceOf(
                        Lookup.Found.class, store.get(WriterProcess.TABLE, key, TIMEOUT).join());
        return EngineRules.counter(WriterProcess.TABLE, key, found.value());
    }

    private static Lookup get(StateStore store, String key) {
        return store.get(WriterProcess.TABLE, Bytes.utf8(key), TIMEOUT).join();
    }

    private static WriteOutcome write(StateStore store, String key, Duration timeout) {
        Write put =
                new Write.Put(
                        WriterProcess.TABLE,
                        Bytes.utf8(key),
                        Bytes.EMPTY,
                        Expect.ANY,
                        Incarnation.UNFENCED);
        return store.write(List.of(put), timeout).join().getFirst();
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
