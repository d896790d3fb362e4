package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.ChangeCursor.Poll;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Write;
import org.junit.jupiter.api.Test;

/// What [ChangeCursor] promises: nothing is missed, or it says so.
public abstract class ChangeCursorContract extends EngineContract {
    @Test
    void aNewCursorStandsAtThePresent() {
        put("before", "v");
        ChangeCursor cursor = store().changes();
        assertEquals(List.of(), poll(cursor));
        put("after", "v");
        assertEquals(List.of(changeOf("after")), poll(cursor));
        assertEquals(List.of(), poll(cursor));
    }

    @Test
    void everyKindOfChangeIsReported() {
        ChangeCursor cursor = store().changes();
        put("a", "1");
        put("a", "2");
        remove("a");
        await(store().add(TABLE, bytes("n"), 1, TIMEOUT));
        write(new Write.Put(OTHER_TABLE, bytes("b"), bytes("1"), Expect.ANY, Incarnation.UNFENCED));
        List<Change> changes = poll(cursor);
        assertTrue(changes.contains(changeOf("a")));
        assertTrue(changes.contains(changeOf("n")));
        assertEquals(new Change(OTHER_TABLE, bytes("b")), changes.getLast());
    }

    @Test
    void whatDidNothingIsNoChange() {
        ChangeCursor cursor = store().changes();
        remove("absent");
        write(putting("k", "v", new Expect.Version(5), Incarnation.UNFENCED));
        write(putting("k", "v", Expect.ANY, new Incarnation("dead", 1)));
        assertEquals(List.of(), poll(cursor));
    }

    /// What makes a mirror's reader find its own writes.
    @Test
    void whatWasAcknowledgedIsInTheNextPoll() {
        ChangeCursor cursor = store().changes();
        for (int i = 0; i < 100; i++) {
            put("k" + i, "v");
            assertTrue(poll(cursor).contains(changeOf("k" + i)), "k" + i);
        }
    }

    @Test
    void aPollReturnsAtMostWhatItWasAskedFor() {
        ChangeCursor cursor = store().changes();
        for (int i = 0; i < 10; i++) {
            put("k" + i, "v");
        }
        List<Change> changes = new ArrayList<>();
        while (changes.size() < 10) {
            List<Change> some = poll(cursor, 3);
            assertTrue(!some.isEmpty() && some.size() <= 3, "got " + some.size());
            changes.addAll(some);
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(changeOf("k" + i), changes.get(i));
        }
        assertEquals(List.of(), poll(cursor));
    }

    @Test
    void cursorsAreIndependent() {
        ChangeCursor one = store().changes();
        ChangeCursor other = store().changes();
        put("k", "v");
        assertEquals(List.of(changeOf("k")), poll(one));
        assertEquals(List.of(changeOf("k")), poll(other));
    }

    @Test
    void aReaderThatIsNotTooSlowLosesNothing() {
        ChangeCursor cursor = store().changes();
        for (int i = 0; i < CHANGES_KEPT; i++) {
            put("k" + i, "v");
        }
        assertEquals(CHANGES_KEPT, poll(cursor).size());
    }

    @Test
    void aReaderThatIsTooSlowIsToldAndStandsAtThePresent() {
        ChangeCursor cursor = store().changes();
        for (int i = 0; i < 10 * CHANGES_KEPT; i++) {
            put("k" + i % 7, "v");
        }
        assertInstanceOf(Poll.Lost.class, cursor.poll(10));
        assertEquals(List.of(), poll(cursor));
        put("after", "v");
        assertEquals(List.of(changeOf("after")), poll(cursor));
    }

    /// Writers count keys up; a reader that only reads what is reported ends with their last
    /// values, and never sees one go back.
    @Test
    void nothingIsMissedWhileOthersWrite() throws Exception {
        int writers = 3;
        int writesEach = 400;
        StateStore store = open(100_000);
        try (store;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ChangeCursor cursor = store.changes();
            List<Future<Boolean>> writing = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                writing.add(threads.submit(counting(store, writer, writesEach)));
            }
            Map<String, Integer> seen = new HashMap<>();
            boolean over = false;
            while (!over) {
                // In this order: what was written before the last look must be found by it.
                over = writing.stream().allMatch(Future::isDone);
                follow(store, cursor, seen);
            }
            for (Future<Boolean> writer : writing) {
                writer.get();
            }
            Map<String, Integer> expected = new HashMap<>();
            for (int i = 0; i < writesEach; i++) {
                for (int writer = 0; writer < writers; writer++) {
                    expected.put(key(writer, i), i);
                }
            }
            assertEquals(expected, seen);
        }
    }

    private static String key(int writer, int i) {
        return "w" + writer + "-" + i % 5;
    }

    private static Callable<Boolean> counting(StateStore store, int writer, int writes) {
        return () -> {
            for (int i = 0; i < writes; i++) {
                Write write =
                        putting(
                                key(writer, i),
                                Integer.toString(i),
                                Expect.ANY,
                                Incarnation.UNFENCED);
                written(await(store.write(List.of(write), TIMEOUT)).getFirst());
            }
            return true;
        };
    }

    private static void follow(StateStore store, ChangeCursor cursor, Map<String, Integer> seen)
            throws ExecutionException {
        List<Change> changes;
        do {
            changes = assertInstanceOf(Poll.Changes.class, cursor.poll(50)).changes();
            for (Change change : changes) {
                String key = new String(change.key().toArray(), StandardCharsets.UTF_8);
                if (await(store.get(change.table(), change.key(), TIMEOUT))
                        instanceof Lookup.Found found) {
                    int value =
                            Integer.parseInt(
                                    new String(found.value().toArray(), StandardCharsets.UTF_8));
                    assertTrue(seen.getOrDefault(key, -1) <= value, key + " went back");
                    seen.put(key, value);
                }
            }
        } while (!changes.isEmpty());
    }

    private static Change changeOf(String key) {
        return new Change(TABLE, bytes(key));
    }

    private static List<Change> poll(ChangeCursor cursor) {
        return poll(cursor, 10_000);
    }

    private static List<Change> poll(ChangeCursor cursor, int max) {
        return assertInstanceOf(Poll.Changes.class, cursor.poll(max)).changes();
    }
}
