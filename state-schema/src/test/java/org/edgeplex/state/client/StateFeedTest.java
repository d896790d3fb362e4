package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Reservation;
import org.junit.jupiter.api.Test;

class StateFeedTest {
    private static final int CHANGES_KEPT = 10;

    private final MemoryStateStore store = new MemoryStateStore(CHANGES_KEPT);
    private final State state = new State(store, Duration.ofSeconds(10));
    private final StateWriter writer = state.as(Incarnation.UNFENCED);
    private final List<String> reports = new ArrayList<>();
    private final StateFeed.Listener recorder =
            new StateFeed.Listener() {
                @Override
                public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
                    reports.add("+" + table + " " + record.key());
                }

                @Override
                public <K, V> void absent(Table<K, V> table, K key) {
                    reports.add("-" + table + " " + key);
                }
            };

    @Test
    void firstEverythingThenChanges() {
        bind(1);
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        bind(2);
        assertEquals(List.of("+label_bindings 1", "+label_bindings 2"), polled(feed));
        bind(3);
        writer.remove(Tables.LABEL_BINDINGS, 1);
        List<String> reported = polled(feed);
        // What changed between the feed's beginning and its first poll may be told again.
        assertTrue(reported.contains("+label_bindings 3"), reported.toString());
        assertTrue(reported.contains("-label_bindings 1"), reported.toString());
        assertEquals(List.of(), polled(feed));
    }

    @Test
    void otherTablesAreNotReported() {
        StateFeed feed = state.feed(Tables.RESERVATIONS, Tables.LABELS);
        polled(feed);
        bind(1);
        writer.put(Tables.RESERVATIONS, "vlan/1", new Reservation("x"));
        assertEquals(List.of("+reservations vlan/1"), polled(feed));
    }

    @Test
    void aRecordThatChangedOftenIsReportedOnce() {
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        polled(feed);
        for (int i = 0; i < 5; i++) {
            bind(1);
        }
        assertEquals(List.of("+label_bindings 1"), polled(feed));
    }

    @Test
    void whatVanishedWhileTheFeedHadLostItsPlaceIsReportedAbsent() {
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        bind(1);
        bind(2);
        polled(feed);
        polled(feed);
        writer.remove(Tables.LABEL_BINDINGS, 1);
        for (int i = 0; i < 10 * CHANGES_KEPT; i++) {
            bind(3);
        }
        assertEquals(
                List.of("+label_bindings 2", "+label_bindings 3", "-label_bindings 1"),
                polled(feed).stream().sorted().toList());
    }

    @Test
    void afterAnExceptionOfTheListenerNothingIsMissing() {
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        bind(1);
        polled(feed);
        polled(feed);
        bind(2);
        bind(3);
        writer.remove(Tables.LABEL_BINDINGS, 1);
        StateFeed.Listener failing =
                new StateFeed.Listener() {
                    @Override
                    public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
                        throw new IllegalStateException("no room");
                    }

                    @Override
                    public <K, V> void absent(Table<K, V> table, K key) {
                        throw new IllegalStateException("no room");
                    }
                };
        assertThrows(IllegalStateException.class, () -> feed.poll(failing));
        assertThrows(IllegalStateException.class, () -> feed.poll(failing));
        assertEquals(
                List.of("+label_bindings 2", "+label_bindings 3", "-label_bindings 1"),
                polled(feed).stream().sorted().toList());
    }

    @Test
    void aDamagedRecordIsSkippedAndTheRestGoesOn() {
        bind(1);
        bind(2);
        damage(1);
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        assertEquals(List.of("+label_bindings 2"), polled(feed));
        assertFalse(feed.isWhole());
        polled(feed);
        damage(2);
        bind(3);
        assertEquals(List.of("+label_bindings 3"), polled(feed));
        bind(1);
        bind(2);
        assertEquals(List.of("+label_bindings 1", "+label_bindings 2"), polled(feed));
        assertTrue(feed.isWhole());
    }

    @Test
    void aDamagedRecordHasNotVanished() {
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        bind(1);
        polled(feed);
        damage(1);
        for (int i = 0; i < 10 * CHANGES_KEPT; i++) {
            bind(3);
        }
        assertEquals(List.of("+label_bindings 3"), polled(feed));
    }

    /// Whatever happens, who follows has in the end what the table has.
    @Test
    void aFollowerEndsUpWithTheTable() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, LabelBinding> followed = new TreeMap<>();
        StateFeed.Listener follower =
                new StateFeed.Listener() {
                    @Override
                    public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
                        if (random.nextInt(50) == 0) {
                            throw new IllegalStateException("by chance");
                        }
                        followed.put((Integer) record.key(), (LabelBinding) record.value());
                    }

                    @Override
                    public <K, V> void absent(Table<K, V> table, K key) {
                        followed.remove((Integer) key);
                    }
                };
        StateFeed feed = state.feed(Tables.LABEL_BINDINGS);
        for (int round = 0; round < 500; round++) {
            for (int writes = random.nextInt(3 * CHANGES_KEPT); writes > 0; writes--) {
                int key = random.nextInt(20);
                if (random.nextBoolean()) {
                    bind(key);
                } else {
                    writer.remove(Tables.LABEL_BINDINGS, key);
                }
            }
            while (!settled(feed, follower)) {
                // Polls until nothing is new.
            }
            Map<Integer, LabelBinding> expected = new TreeMap<>();
            state.scan(Tables.LABEL_BINDINGS).forEach(r -> expected.put(r.key(), r.value()));
            assertEquals(expected, followed, "seed " + seed + ", round " + round);
        }
    }

    private static boolean settled(StateFeed feed, StateFeed.Listener listener) {
        try {
            return feed.poll(listener) == 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void bind(int attachment) {
        writer.put(
                Tables.LABEL_BINDINGS,
                attachment,
                new LabelBinding(new MplsLabel(16 + attachment)));
    }

    private void damage(int attachment) {
        Bytes key = Tables.LABEL_BINDINGS.keys().encode(attachment);
        Write garbage =
                new Write.Put(
                        Tables.LABEL_BINDINGS.id(),
                        key,
                        Bytes.utf8("garbage"),
                        Expect.ANY,
                        Incarnation.UNFENCED);
        assertInstanceOf(WriteOutcome.Written.class, state.write(garbage));
    }

    private List<String> polled(StateFeed feed) {
        reports.clear();
        int count = feed.poll(recorder);
        assertEquals(reports.size(), count);
        return List.copyOf(reports);
    }
}
