package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.junit.jupiter.api.Test;

/// What every [RamcloudClient] does on a cluster that works: the suite of all its implementations.
public abstract class RamcloudClientContract {
    protected static final Duration TIMEOUT = Duration.ofSeconds(20);

    protected abstract RamcloudClient client();

    /// The id of a table that is this test's own.
    protected abstract long table();

    @Test
    void tablesAreFoundByName() {
        long id = table();
        long other = client().table("other-" + System.nanoTime(), TIMEOUT).join();
        assertNotEquals(id, other);
    }

    @Test
    void aTableIsNotMadeByLookingForIt() {
        String name = "sought-" + System.nanoTime();
        assertEquals(Optional.empty(), client().findTable(name, TIMEOUT).join());
        assertEquals(Optional.empty(), client().findTable(name, TIMEOUT).join());
        long id = client().table(name, TIMEOUT).join();
        assertEquals(Optional.of(id), client().findTable(name, TIMEOUT).join());
    }

    @Test
    void whatIsWrittenIsRead() {
        long version = written(put("a", "1", Expect.ANY));
        assertEquals(found("1", version), read("a"));
        assertEquals(Lookup.ABSENT, read("b"));
    }

    @Test
    void theEmptyValueIsAValue() {
        long version = written(put("a", "", Expect.ANY));
        assertEquals(found("", version), read("a"));
    }

    @Test
    void keysAndValuesMayBeLarge() {
        Bytes key = Bytes.wrap(new byte[480]);
        Bytes value = Bytes.wrap(new byte[1 << 20]);
        ObjectKey place = new ObjectKey(table(), key);
        WriteOutcome outcome =
                write(List.of(new ObjectWrite.Put(place, value, Expect.ANY))).getFirst();
        long version = assertInstanceOf(WriteOutcome.Written.class, outcome).version();
        assertEquals(
                List.of(new Lookup.Found(value, version)),
                client().read(List.of(place), TIMEOUT).join());
    }

    @Test
    void aVersionIsWrittenOnce() {
        long first = written(put("a", "1", Expect.ABSENT));
        assertEquals(conflict(first), write(put("a", "2", Expect.ABSENT)));
        long second = written(put("a", "2", new Expect.Version(first)));
        assertNotEquals(first, second);
        assertEquals(conflict(second), write(put("a", "3", new Expect.Version(first))));
        assertEquals(found("2", second), read("a"));
    }

    @Test
    void noVersionMatchesWhatIsAbsent() {
        assertEquals(conflict(0), write(put("a", "1", new Expect.Version(7))));
        assertEquals(conflict(0), write(remove("a", new Expect.Version(7))));
        assertEquals(Lookup.ABSENT, read("a"));
    }

    @Test
    void theSameInABatch() {
        long first = written(put("a", "1", Expect.ANY));
        List<WriteOutcome> outcomes =
                write(
                        List.of(
                                put("a", "2", new Expect.Version(first + 1)),
                                put("b", "1", new Expect.Version(7)),
                                put("c", "1", Expect.ABSENT),
                                remove("d", new Expect.Version(1)),
                                remove("e", Expect.ANY)));
        assertEquals(conflict(first), outcomes.get(0));
        assertEquals(conflict(0), outcomes.get(1));
        assertInstanceOf(WriteOutcome.Written.class, outcomes.get(2));
        assertEquals(conflict(0), outcomes.get(3));
        assertEquals(new WriteOutcome.Written(0), outcomes.get(4));
    }

    @Test
    void aVersionNeverComesAgain() {
        long first = written(put("a", "1", Expect.ANY));
        assertEquals(new WriteOutcome.Written(0), write(remove("a", new Expect.Version(first))));
        assertEquals(Lookup.ABSENT, read("a"));
        long second = written(put("a", "1", Expect.ABSENT));
        assertTrue(second > first, () -> second + " after " + first);
    }

    @Test
    void aBatchIsAnsweredInItsOrder() {
        List<ObjectWrite> writes = new ArrayList<>();
        List<ObjectKey> keys = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            writes.add(put("key-" + i, "value-" + i, Expect.ANY));
            keys.add(key(i % 3 == 0 ? "none-" + i : "key-" + i));
        }
        List<WriteOutcome> outcomes = write(writes);
        List<Lookup> lookups = client().read(keys, TIMEOUT).join();
        for (int i = 0; i < 3_000; i++) {
            long version = assertInstanceOf(WriteOutcome.Written.class, outcomes.get(i)).version();
            assertEquals(i % 3 == 0 ? Lookup.ABSENT : found("value-" + i, version), lookups.get(i));
        }
    }

    @Test
    void manyCallersShareRequests() {
        List<CompletableFuture<List<WriteOutcome>>> writes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            writes.add(client().write(List.of(put("key-" + i, "v" + i, Expect.ABSENT)), TIMEOUT));
        }
        writes.forEach(
                write -> assertInstanceOf(WriteOutcome.Written.class, write.join().getFirst()));
        List<CompletableFuture<List<Lookup>>> reads = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            reads.add(client().read(List.of(key("key-" + i)), TIMEOUT));
        }
        for (int i = 0; i < 2_000; i++) {
            Lookup lookup = reads.get(i).join().getFirst();
            assertEquals(Bytes.utf8("v" + i), assertInstanceOf(Lookup.Found.class, lookup).value());
        }
    }

    @Test
    void countersAdd() {
        assertEquals(5, client().increment(key("n"), 5, TIMEOUT).join());
        assertEquals(3, client().increment(key("n"), -2, TIMEOUT).join());
        Lookup.Found stored = assertInstanceOf(Lookup.Found.class, read("n"));
        assertEquals("0300000000000000", stored.value().toString());
    }

    @Test
    void concurrentAdditionsAreAllCounted() {
        List<CompletableFuture<Long>> sums = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            sums.add(client().increment(key("n"), 1, TIMEOUT));
        }
        assertEquals(1_500, sums.stream().map(CompletableFuture::join).distinct().count());
        assertEquals(1_501, client().increment(key("n"), 1, TIMEOUT).join());
    }

    @Test
    void aScanFindsEverything() {
        Map<Bytes, Bytes> all = fill(2_000);
        assertEquals(all, scan());
    }

    @Test
    void aScanOfAnEmptyTableIsEmpty() {
        assertEquals(Map.of(), scan());
    }

    protected final Map<Bytes, Bytes> fill(int count) {
        Map<Bytes, Bytes> all = new HashMap<>();
        List<ObjectWrite> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.put(Bytes.utf8("key-" + i), Bytes.utf8("value-" + i));
            writes.add(put("key-" + i, "value-" + i, Expect.ANY));
        }
        write(writes).forEach(outcome -> assertInstanceOf(WriteOutcome.Written.class, outcome));
        return all;
    }

    protected final Map<Bytes, Bytes> scan() {
        Map<Bytes, Bytes> seen = new HashMap<>();
        Bytes resume = Bytes.EMPTY;
        do {
            ScanPage page = client().enumerate(table(), resume, TIMEOUT).join();
            for (ScanPage.Entry entry : page.entries()) {
                assertEquals(null, seen.put(entry.key(), entry.value()), "twice: " + entry);
            }
            resume = page.resume();
        } while (!resume.isEmpty());
        return seen;
    }

    protected final ObjectKey key(String name) {
        return new ObjectKey(table(), Bytes.utf8(name));
    }

    protected final ObjectWrite put(String name, String value, Expect expect) {
        return new ObjectWrite.Put(key(name), Bytes.utf8(value), expect);
    }

    protected final ObjectWrite remove(String name, Expect expect) {
        return new ObjectWrite.Remove(key(name), expect);
    }

    protected final List<WriteOutcome> write(List<ObjectWrite> writes) {
        return client().write(writes, TIMEOUT).join();
    }

    protected final WriteOutcome write(ObjectWrite write) {
        return write(List.of(write)).getFirst();
    }

    protected final long written(ObjectWrite write) {
        return assertInstanceOf(WriteOutcome.Written.class, write(write)).version();
    }

    protected final Lookup read(String name) {
        return client().read(List.of(key(name)), TIMEOUT).join().getFirst();
    }

    protected static Lookup found(String value, long version) {
        return new Lookup.Found(Bytes.utf8(value), version);
    }

    protected static WriteOutcome conflict(long version) {
        return new WriteOutcome.Conflict(version);
    }
}
