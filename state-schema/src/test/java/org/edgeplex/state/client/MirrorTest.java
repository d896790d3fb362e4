package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Reservation;
import org.junit.jupiter.api.Test;

/// A mirror has what a scan finds.
class MirrorTest {
    private static final int CHANGES_KEPT = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final State state = new State(new MemoryStateStore(CHANGES_KEPT), TIMEOUT);
    private final StateWriter writer = state.as(Incarnation.UNFENCED);

    @Test
    void itIsEmptyUntilItIsRefreshed() {
        bind(1);
        Mirror mirror = state.mirror(Tables.LABEL_BINDINGS);
        assertEquals(List.of(), mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL));
        assertTrue(mirror.refresh());
        assertEquals(
                state.scan(Tables.LABEL_BINDINGS),
                mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL));
    }

    @Test
    void otherTablesAreNoNews() {
        Mirror mirror = state.mirror(Tables.LABEL_BINDINGS);
        mirror.refresh();
        writer.put(Tables.RESERVATIONS, "vlan/1", new Reservation("x"));
        assertFalse(mirror.refresh());
    }

    /// More changes than one poll returns, most of them of another table.
    @Test
    void aRefreshGoesOnUntilItHasEverything() {
        State busy = new State(new MemoryStateStore(100_000), TIMEOUT);
        StateWriter busyWriter = busy.as(Incarnation.UNFENCED);
        Mirror mirror = busy.mirror(Tables.LABEL_BINDINGS);
        mirror.refresh();
        for (int i = 0; i < 5_000; i++) {
            busyWriter.put(Tables.RESERVATIONS, "vlan/" + i % 100, new Reservation("x"));
        }
        busyWriter.put(Tables.LABEL_BINDINGS, 1, binding(1));
        assertTrue(mirror.refresh());
        assertEquals(1, mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL).size());
    }

    /// As it is where others write as fast as this can read.
    @Test
    void aRefreshEndsThoughTheNewsDoNot() {
        MemoryStateStore store = new MemoryStateStore(100_000);
        StateWriter others = new State(store, TIMEOUT).as(Incarnation.UNFENCED);
        AtomicInteger polls = new AtomicInteger();
        State flooded =
                new State(
                        new DelegatingStore(store) {
                            @Override
                            public ChangeCursor changes() {
                                ChangeCursor cursor = super.changes();
                                return max -> {
                                    assertTrue(polls.incrementAndGet() < 100, "no end");
                                    for (int i = 0; i < max; i++) {
                                        others.put(
                                                Tables.RESERVATIONS,
                                                "vlan/" + i % 10,
                                                new Reservation("x"));
                                    }
                                    return cursor.poll(max);
                                };
                            }
                        },
                        TIMEOUT);
        Mirror mirror = flooded.mirror(Tables.LABEL_BINDINGS);
        mirror.refresh();
        others.put(Tables.LABEL_BINDINGS, 1, binding(1));
        assertTrue(mirror.refresh());
        assertEquals(1, mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL).size());
        others.remove(Tables.LABEL_BINDINGS, 1);
        assertTrue(mirror.refresh());
        assertEquals(List.of(), mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL));
    }

    @Test
    void aDamagedRecordIsNamedUntilItIsWholeOrGone() {
        Mirror mirror = state.mirror(Tables.LABEL_BINDINGS);
        bind(1);
        bind(2);
        mirror.refresh();
        damage(1);
        damage(2);
        mirror.refresh();
        assertThrows(
                DamagedRecordException.class,
                () -> mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL));
        assertEquals(List.of(), mirror.rows(Tables.LABEL_BINDINGS, OnDamage.SKIP));
        bind(1);
        writer.remove(Tables.LABEL_BINDINGS, 2);
        mirror.refresh();
        assertEquals(
                state.scan(Tables.LABEL_BINDINGS),
                mirror.rows(Tables.LABEL_BINDINGS, OnDamage.FAIL));
    }

    /// Whatever was written, lost and damaged on the way.
    @Test
    void itHasWhatAScanFinds() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Mirror mirror = state.mirror(Tables.LABEL_BINDINGS, Tables.RESERVATIONS);
        for (int round = 0; round < 500; round++) {
            for (int writes = random.nextInt(3 * CHANGES_KEPT); writes > 0; writes--) {
                int key = random.nextInt(20);
                switch (random.nextInt(6)) {
                    case 0 -> writer.remove(Tables.LABEL_BINDINGS, key);
                    case 1 -> damage(key);
                    case 2 -> writer.put(Tables.RESERVATIONS, "vlan/" + key, new Reservation("x"));
                    default -> bind(key);
                }
            }
            mirror.refresh();
            List<Bytes> damaged = new ArrayList<>();
            List<Bytes> named = new ArrayList<>();
            assertEquals(
                    state.scan(Tables.LABEL_BINDINGS, Bytes.EMPTY, (key, _) -> damaged.add(key)),
                    mirror.rows(Tables.LABEL_BINDINGS, (key, _) -> named.add(key)),
                    "seed " + seed + ", round " + round);
            assertEquals(damaged, named, "seed " + seed + ", round " + round);
            assertEquals(
                    state.scan(Tables.RESERVATIONS),
                    mirror.rows(Tables.RESERVATIONS, OnDamage.FAIL));
        }
    }

    private void bind(int attachment) {
        writer.put(Tables.LABEL_BINDINGS, attachment, binding(attachment));
    }

    private static LabelBinding binding(int attachment) {
        return new LabelBinding(new MplsLabel(16 + attachment));
    }

    private void damage(int attachment) {
        state.write(
                new Write.Put(
                        Tables.LABEL_BINDINGS.id(),
                        Tables.LABEL_BINDINGS.keys().encode(attachment),
                        Bytes.utf8("garbage"),
                        Expect.ANY,
                        Incarnation.UNFENCED));
    }
}
