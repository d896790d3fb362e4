package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What [StateStore] promises of objects: reads, conditional writes, fencing, batches, counters,
/// scans, limits.
public abstract class StateStoreContract extends EngineContract {
    private static final Incarnation UNFENCED = Incarnation.UNFENCED;

    @Test
    void anAbsentObjectIsAbsent() {
        assertEquals(Lookup.ABSENT, get("k"));
        assertEquals(
                List.of(Lookup.ABSENT, Lookup.ABSENT),
                await(store().getAll(TABLE, List.of(bytes("k"), bytes("l")), TIMEOUT)));
    }

    @Test
    void whatWasWrittenIsRead() {
        long version = put("k", "v");
        assertNotEquals(0, version);
        assertEquals(new Lookup.Found(bytes("v"), version), get("k"));
        long next = put("k", "");
        assertEquals(new Lookup.Found(Bytes.EMPTY, next), get("k"));
        remove("k");
        assertEquals(Lookup.ABSENT, get("k"));
    }

    /// Between what an engine may keep in a page and what needs pages of its own, with neighbours.
    @Test
    void aValueMayGrowAndShrink() {
        put("j", "before");
        put("l", "after");
        for (int length : List.of(1, 3_000, 100_000, 2_000, 50_000, 0, 60_000, 5, 200_000)) {
            String value = "x".repeat(length);
            long version = put("k", value);
            assertEquals(new Lookup.Found(bytes(value), version), get("k"));
        }
        remove("k");
        assertEquals(Lookup.ABSENT, get("k"));
        assertInstanceOf(Lookup.Found.class, get("j"));
        assertInstanceOf(Lookup.Found.class, get("l"));
    }

    @Test
    void getAllAnswersInTheOrderOfTheKeys() {
        long a = put("a", "1");
        long c = put("c", "3");
        assertEquals(
                List.of(
                        new Lookup.Found(bytes("3"), c),
                        Lookup.ABSENT,
                        new Lookup.Found(bytes("1"), a),
                        new Lookup.Found(bytes("3"), c)),
                await(
                        store().getAll(
                                        TABLE,
                                        List.of(bytes("c"), bytes("b"), bytes("a"), bytes("c")),
                                        TIMEOUT)));
        assertEquals(List.of(), await(store().getAll(TABLE, List.of(), TIMEOUT)));
    }

    @Test
    void tablesAreApart() {
        put("k", "v");
        assertEquals(Lookup.ABSENT, await(store().get(OTHER_TABLE, bytes("k"), TIMEOUT)));
        assertEquals(List.of(), scanAll(OTHER_TABLE, Bytes.EMPTY, 10));
    }

    /// Every condition on every state of the object. `there`: the version that is there.
    @ParameterizedTest(name = "{0} an object that is {2}, expecting {1}: {3}")
    @CsvSource({
        "put,    ANY,     absent,  written",
        "put,    ANY,     there,   written",
        "put,    ABSENT,  absent,  written",
        "put,    ABSENT,  there,   conflict",
        "put,    ABSENT,  removed, written",
        "put,    SAME,    there,   written",
        "put,    SAME,    removed, conflict",
        "put,    SAME,    again,   conflict",
        "put,    OTHER,   there,   conflict",
        "put,    OTHER,   absent,  conflict",
        "put,    ZERO,    absent,  conflict",
        "put,    ZERO,    there,   conflict",
        "remove, ANY,     absent,  written",
        "remove, ANY,     there,   written",
        "remove, ABSENT,  absent,  written",
        "remove, ABSENT,  there,   conflict",
        "remove, SAME,    there,   written",
        "remove, SAME,    removed, conflict",
        "remove, SAME,    again,   conflict",
        "remove, OTHER,   there,   conflict",
        "remove, OTHER,   absent,  conflict",
        "remove, ZERO,    absent,  conflict",
        "remove, ZERO,    there,   conflict",
    })
    void aWriteIsDoneJustWhenItsConditionHolds(
            String operation, String expected, String state, String outcome) {
        long seen = state.equals("absent") ? 0 : put("k", "before");
        if (state.equals("removed") || state.equals("again")) {
            remove("k");
        }
        if (state.equals("again")) {
            assertNotEquals(seen, put("k", "before"));
        }
        long current = versionOf("k");
        Lookup before = get("k");
        Expect expect =
                switch (expected) {
                    case "ANY" -> Expect.ANY;
                    case "ABSENT" -> Expect.ABSENT;
                    case "SAME" -> new Expect.Version(seen);
                    case "OTHER" -> new Expect.Version(current + 17);
                    case "ZERO" -> new Expect.Version(0);
                    default -> throw new AssertionError(expected);
                };
        boolean putting = operation.equals("put");
        WriteOutcome answer =
                write(
                        putting
                                ? putting("k", "after", expect, UNFENCED)
                                : removing("k", expect, UNFENCED));
        if (outcome.equals("conflict")) {
            assertEquals(new WriteOutcome.Conflict(current), answer);
            assertEquals(before, get("k"));
        } else if (putting) {
            long version = written(answer);
            assertNotEquals(current, version);
            assertEquals(new Lookup.Found(bytes("after"), version), get("k"));
        } else {
            assertEquals(new WriteOutcome.Written(0), answer);
            assertEquals(Lookup.ABSENT, get("k"));
        }
    }

    @Test
    void aVersionNeverComesAgain() {
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 3 * CHANGES_KEPT; i++) {
            assertTrue(versions.add(put("k", "same")), "a version came again");
            remove("k");
        }
    }

    @ParameterizedTest(name = "a holder in epoch {0} and a write of epoch {1}")
    @CsvSource({"none, 1, 0", "none, 0, 0", "5, 4, 5", "5, 6, 5", "5, 0, 5"})
    void aDeadIncarnationNeitherChangesNorCreatesNorRemoves(
            String current, long writer, long answered) {
        if (!current.equals("none")) {
            claim("h", Long.parseLong(current));
        }
        put("there", "before");
        Incarnation dead = new Incarnation("h", writer);
        WriteOutcome fenced = new WriteOutcome.Fenced(answered);
        assertEquals(fenced, write(putting("there", "after", Expect.ANY, dead)));
        assertEquals(fenced, write(putting("new", "after", Expect.ABSENT, dead)));
        assertEquals(fenced, write(putting("new", "after", Expect.ANY, dead)));
        assertEquals(fenced, write(removing("there", Expect.ANY, dead)));
        // Fencing is told before a conflict: it ends the program.
        assertEquals(fenced, write(putting("there", "after", Expect.ABSENT, dead)));
        assertEquals(Lookup.ABSENT, get("new"));
        assertEquals(bytes("before"), assertInstanceOf(Lookup.Found.class, get("there")).value());
    }

    @Test
    void theLivingIncarnationWritesUntilItIsFenced() {
        Incarnation first = claim("h", 1);
        written(write(putting("k", "1", Expect.ABSENT, first)));
        Incarnation second = claim("h", 2);
        assertEquals(new WriteOutcome.Fenced(2), write(putting("k", "again", Expect.ANY, first)));
        written(write(putting("k", "2", Expect.ANY, second)));
        // Another holder of the same epoch has nothing to do with it.
        Incarnation other = claim("i", 2);
        written(write(putting("k", "3", Expect.ANY, other)));
    }

    @Test
    void aRemovedLeaseFencesItsHolder() {
        Incarnation living = claim("h", 3);
        write(Tables.LEASES.remove("h", Expect.ANY, UNFENCED));
        assertEquals(new WriteOutcome.Fenced(0), write(putting("k", "v", Expect.ANY, living)));
    }

    @Test
    void aDamagedLeaseLetsNothingPass() {
        write(new Write.Put(Tables.LEASES.id(), bytes("h"), bytes("x"), Expect.ANY, UNFENCED));
        Write write = putting("k", "v", Expect.ANY, new Incarnation("h", 1));
        assertThrows(
                DamagedRecordException.class, () -> await(store().write(List.of(write), TIMEOUT)));
        assertEquals(Lookup.ABSENT, get("k"));
    }

    @Test
    void aBatchHasAnOutcomeForEachItemInOrder() {
        Incarnation living = claim("h", 7);
        Incarnation dead = new Incarnation("h", 6);
        long there = put("there", "1");
        List<WriteOutcome> outcomes =
                await(
                        store().write(
                                        List.of(
                                                putting("a", "1", Expect.ABSENT, living),
                                                putting("a", "2", Expect.ABSENT, living),
                                                putting("b", "1", Expect.ANY, dead),
                                                removing("a", Expect.ANY, UNFENCED),
                                                putting("a", "3", Expect.ABSENT, living),
                                                putting(
                                                        "there",
                                                        "2",
                                                        new Expect.Version(there),
                                                        UNFENCED),
                                                putting(
                                                        "there",
                                                        "3",
                                                        new Expect.Version(there),
                                                        UNFENCED)),
                                        TIMEOUT));
        long first = written(outcomes.get(0));
        long second = written(outcomes.get(4));
        long changed = written(outcomes.get(5));
        assertNotEquals(first, second);
        assertEquals(
                List.of(
                        new WriteOutcome.Written(first),
                        new WriteOutcome.Conflict(first),
                        new WriteOutcome.Fenced(7),
                        new WriteOutcome.Written(0),
                        new WriteOutcome.Written(second),
                        new WriteOutcome.Written(changed),
                        new WriteOutcome.Conflict(changed)),
                outcomes);
        assertEquals(new Lookup.Found(bytes("3"), second), get("a"));
        assertEquals(Lookup.ABSENT, get("b"));
        assertEquals(List.of(), await(store().write(List.of(), TIMEOUT)));
    }

    @Test
    void aClaimInABatchFencesWhatFollows() {
        Incarnation first = claim("h", 1);
        Write fence = Tables.LEASES.put("h", new Lease(2, 0, ""), Expect.ANY, UNFENCED);
        List<WriteOutcome> outcomes =
                await(
                        store().write(
                                        List.of(
                                                putting("a", "1", Expect.ANY, first),
                                                fence,
                                                putting("b", "1", Expect.ANY, first)),
                                        TIMEOUT));
        written(outcomes.get(0));
        assertEquals(new WriteOutcome.Fenced(2), outcomes.get(2));
    }

    @Test
    void addCountsFromZero() {
        Bytes key = bytes("n");
        assertEquals(5, await(store().add(TABLE, key, 5, TIMEOUT)));
        assertEquals(2, await(store().add(TABLE, key, -3, TIMEOUT)));
        assertEquals(
                bytes("\0\0\0\0\0\0\0\2"), assertInstanceOf(Lookup.Found.class, get("n")).value());
        assertEquals(Long.MIN_VALUE, await(store().add(TABLE, key, Long.MAX_VALUE - 1, TIMEOUT)));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "7 bytes", "9 bytes.."})
    void addRefusesWhatIsNotACounter(String value) {
        long version = put("n", value);
        assertThrows(
                DamagedRecordException.class,
                () -> await(store().add(TABLE, bytes("n"), 1, TIMEOUT)));
        assertEquals(version, versionOf("n"));
    }

    @ParameterizedTest(name = "pages of {0}")
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void aScanFindsEveryKeyOnce(int limit) {
        List<String> keys = new ArrayList<>(List.of("a", "aa", "ab", "b", "ba", "c", "a\0", "\0"));
        for (String key : keys) {
            put(key, "v" + key);
        }
        write(new Write.Put(OTHER_TABLE, bytes("aaa"), bytes("x"), Expect.ANY, UNFENCED));
        Collections.sort(keys);
        assertEquals(keys, keysOf(scanAll(TABLE, Bytes.EMPTY, limit)));
        assertEquals(List.of("a", "a\0", "aa", "ab"), keysOf(scanAll(TABLE, bytes("a"), limit)));
        assertEquals(List.of("aa"), keysOf(scanAll(TABLE, bytes("aa"), limit)));
        assertEquals(List.of(), keysOf(scanAll(TABLE, bytes("ac"), limit)));
        assertEquals(List.of(), keysOf(scanAll(TABLE, bytes("d"), limit)));
        ScanPage.Entry entry = scanAll(TABLE, bytes("ba"), limit).getFirst();
        assertEquals(new Lookup.Found(entry.value(), entry.version()), get("ba"));
    }

    @Test
    void aScanGoesOnBehindAKeyThatIsNoLongerThere() {
        List.of("a", "b", "c", "d").forEach(key -> put(key, "v"));
        ScanPage first = await(store().scan(TABLE, Bytes.EMPTY, Bytes.EMPTY, 2, TIMEOUT));
        List<String> seen = new ArrayList<>(keysOf(first.entries()));
        seen.forEach(this::remove);
        Bytes resume = first.resume();
        while (!resume.isEmpty()) {
            ScanPage page = await(store().scan(TABLE, Bytes.EMPTY, resume, 2, TIMEOUT));
            seen.addAll(keysOf(page.entries()));
            resume = page.resume();
        }
        Collections.sort(seen);
        assertEquals(List.of("a", "b", "c", "d"), seen);
    }

    @Test
    void theLargestKeyAndValueAreTaken() {
        Bytes key = Bytes.wrap(filled(StateStore.KEY_BYTES_MAX));
        Bytes value = Bytes.wrap(filled(StateStore.VALUE_BYTES_MAX));
        long version = written(write(new Write.Put(TABLE, key, value, Expect.ANY, UNFENCED)));
        assertEquals(new Lookup.Found(value, version), await(store().get(TABLE, key, TIMEOUT)));
        assertEquals(
                List.of(new ScanPage.Entry(key, value, version)), scanAll(TABLE, Bytes.EMPTY, 10));
    }

    @Test
    void whatNoStoreTakesIsRefusedWithoutEffect() {
        Bytes longKey = Bytes.wrap(filled(StateStore.KEY_BYTES_MAX + 1));
        Bytes longValue = Bytes.wrap(filled(StateStore.VALUE_BYTES_MAX + 1));
        Write good = putting("good", "v", Expect.ANY, UNFENCED);
        for (Write bad :
                List.of(
                        new Write.Put(TABLE, longKey, Bytes.EMPTY, Expect.ANY, UNFENCED),
                        new Write.Put(TABLE, bytes("k"), longValue, Expect.ANY, UNFENCED),
                        new Write.Put(TABLE, Bytes.EMPTY, Bytes.EMPTY, Expect.ANY, UNFENCED),
                        new Write.Remove(TABLE, longKey, Expect.ANY, UNFENCED))) {
            assertTrue(refused(store().write(List.of(good, bad), TIMEOUT)).contains("contract"));
        }
        assertTrue(
                refused(store().write(Collections.nCopies(StateStore.BATCH_MAX + 1, good), TIMEOUT))
                        .contains("1001"));
        refused(store().get(TABLE, longKey, TIMEOUT));
        refused(store().get(TABLE, Bytes.EMPTY, TIMEOUT));
        refused(store().getAll(TABLE, List.of(bytes("k"), longKey), TIMEOUT));
        refused(store().add(TABLE, longKey, 1, TIMEOUT));
        refused(store().scan(TABLE, longKey, Bytes.EMPTY, 1, TIMEOUT));
        refused(store().scan(TABLE, Bytes.EMPTY, longKey, 1, TIMEOUT));
        refused(store().scan(TABLE, Bytes.EMPTY, Bytes.EMPTY, 0, TIMEOUT));
        assertEquals(Lookup.ABSENT, get("good"));
    }

    @Test
    void aFullBatchIsTaken() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < StateStore.BATCH_MAX; i++) {
            writes.add(putting("k" + i, "v", Expect.ABSENT, UNFENCED));
        }
        await(store().write(writes, TIMEOUT)).forEach(EngineContract::written);
        assertEquals(StateStore.BATCH_MAX, scanAll(TABLE, Bytes.EMPTY, 999).size());
    }

    private static List<String> keysOf(List<ScanPage.Entry> entries) {
        return entries.stream()
                .map(e -> new String(e.key().toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xa5);
        return bytes;
    }
}
