package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Reservation;
import org.edgeplex.state.record.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StateTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final LabelBinding ONE = new LabelBinding(new MplsLabel(1_001));
    private static final LabelBinding TWO = new LabelBinding(new MplsLabel(1_002));

    private final StateStore store = new MemoryStateStore();
    private final State state = new State(store, TIMEOUT);
    private final Leases leases = new Leases(state);

    @Test
    void recordsComeBackAsTheyWere() {
        StateWriter writer = state.as(Incarnation.UNFENCED);
        for (Sample<?, ?> sample : Sample.all()) {
            putAndGet(writer, sample);
        }
        assertEquals(Optional.empty(), state.get(Tables.LABEL_BINDINGS, 99));
    }

    private <K, V> void putAndGet(StateWriter writer, Sample<K, V> sample) {
        writer.put(sample.table(), sample.key(), sample.value());
        Stored<K, V> stored = state.get(sample.table(), sample.key()).orElseThrow();
        assertEquals(sample.key(), stored.key());
        assertEquals(sample.value(), stored.value());
    }

    @Test
    void aScanGoesOverItsPages() {
        int count = 2_500;
        List<Write> writes =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                state.as(Incarnation.UNFENCED).toPut(Tables.LABEL_BINDINGS, i, ONE))
                        .toList();
        state.as(Incarnation.UNFENCED).writeAll(writes);
        assertEquals(
                IntStream.range(0, count).boxed().toList(),
                state.scan(Tables.LABEL_BINDINGS).stream().map(Stored::key).toList());
    }

    @Test
    void aPrefixFindsWhatBelongsTogether() {
        StateWriter writer = state.as(Incarnation.UNFENCED);
        Sample.all().stream()
                .filter(sample -> sample.table().equals(Tables.CUSTOMER_ROUTES))
                .forEach(sample -> putAndGet(writer, sample));
        assertEquals(1, state.scan(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(7)).size());
        assertEquals(0, state.scan(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(8)).size());
    }

    @Test
    void conditionalWritesSayWhetherTheyWereDone() {
        StateWriter writer = state.as(leases.claim("cvm", "test"));
        assertTrue(writer.putIfAbsent(Tables.LABEL_BINDINGS, 7, ONE));
        assertFalse(writer.putIfAbsent(Tables.LABEL_BINDINGS, 7, TWO));
        Stored<Integer, LabelBinding> seen = state.get(Tables.LABEL_BINDINGS, 7).orElseThrow();
        assertTrue(writer.replace(Tables.LABEL_BINDINGS, seen, TWO));
        assertFalse(writer.replace(Tables.LABEL_BINDINGS, seen, ONE));
        assertEquals(TWO, state.get(Tables.LABEL_BINDINGS, 7).orElseThrow().value());
        writer.remove(Tables.LABEL_BINDINGS, 7);
        writer.remove(Tables.LABEL_BINDINGS, 7);
        assertEquals(Optional.empty(), state.get(Tables.LABEL_BINDINGS, 7));
    }

    @Test
    void aFencedWriterIsToldByEveryMethod() {
        Incarnation first = leases.claim("cvm", "first");
        StateWriter zombie = state.as(first);
        zombie.put(Tables.LABEL_BINDINGS, 7, ONE);
        Stored<Integer, LabelBinding> seen = state.get(Tables.LABEL_BINDINGS, 7).orElseThrow();
        leases.fence("cvm");
        assertFenced(() -> zombie.put(Tables.LABEL_BINDINGS, 8, ONE));
        assertFenced(() -> zombie.putIfAbsent(Tables.LABEL_BINDINGS, 8, ONE));
        assertFenced(() -> zombie.replace(Tables.LABEL_BINDINGS, seen, TWO));
        assertFenced(() -> zombie.remove(Tables.LABEL_BINDINGS, 7));
        assertFenced(() -> zombie.writeAll(List.of(zombie.toRemove(Tables.LABEL_BINDINGS, 7))));
        assertFenced(() -> leases.heartbeat(first));
        assertEquals(List.of(seen), state.scan(Tables.LABEL_BINDINGS));
    }

    /// A controller that was stopped for long must not end the programs of its successor.
    @Test
    void whoIsFencedFencesNobody() {
        Leases late = new Leases(state, leases.claim("controller", "first"));
        assertEquals(1, leases.claim("cvm", "pid 1").epoch());
        assertEquals(2, late.fence("cvm").epoch());
        leases.claim("controller", "second");
        Incarnation cvm = leases.claim("cvm", "pid 2");
        assertFenced(() -> late.fence("cvm"));
        assertFenced(() -> late.remove("cvm"));
        leases.heartbeat(cvm);
    }

    @Test
    void epochsOnlyRiseAlsoBeyondTheRemovalOfALease() {
        Incarnation first = leases.claim("pvm-7/control", "first");
        assertEquals(1, first.epoch());
        assertEquals(2, leases.fence("pvm-7/control").epoch());
        Incarnation third = leases.claim("pvm-7/control", "third");
        assertEquals(3, third.epoch());
        leases.remove("pvm-7/control");
        leases.remove("pvm-7/control");
        assertEquals(Optional.empty(), leases.read("pvm-7/control"));
        assertFenced(() -> state.as(third).put(Tables.LABEL_BINDINGS, 7, ONE));
        assertFenced(() -> leases.heartbeat(third));
        // A new attachment of the same number.
        assertEquals(4, leases.claim("pvm-7/control", "again").epoch());
        assertFenced(() -> state.as(third).put(Tables.LABEL_BINDINGS, 7, ONE));
    }

    @Test
    void heartbeatsRaiseThePulseAndKeepTheRest() {
        Incarnation life = leases.claim("cvm", "pid 1");
        leases.heartbeat(life);
        leases.heartbeat(life);
        assertEquals(new Lease(1, 2, "pid 1"), leases.read("cvm").orElseThrow());
    }

    @Test
    void aLifeBeatsUntilItIsFenced() throws InterruptedException {
        BlockingQueue<RuntimeException> ends = new ArrayBlockingQueue<>(10);
        try (Life life = Life.begin(state, "cvm", "pid 1", ends::add)) {
            life.writer().put(Tables.LABEL_BINDINGS, 7, ONE);
            long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
            while (leases.read("cvm").orElseThrow().heartbeat() == 0) {
                assertTrue(System.nanoTime() < deadlineNanos, "the heart does not beat");
                LockSupport.parkNanos(1_000_000);
            }
            leases.claim("cvm", "pid 2");
            RuntimeException end = ends.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertEquals(FencedException.class, end == null ? null : end.getClass());
            assertFenced(() -> life.writer().put(Tables.LABEL_BINDINGS, 7, TWO));
        }
        assertEquals(0, ends.size());
    }

    @Test
    void aDamagedRecordIsNamed() {
        Bytes key = Bytes.utf8("vlan/101");
        state.write(
                new Write.Put(
                        Tables.RESERVATIONS.id(),
                        key,
                        Bytes.utf8("\1\0"),
                        Expect.ANY,
                        Incarnation.UNFENCED));
        String message =
                assertThrows(
                                DamagedRecordException.class,
                                () -> state.get(Tables.RESERVATIONS, "vlan/101"))
                        .toString();
        assertTrue(message.contains("reservations") && message.contains(key.toString()), message);
        assertThrows(DamagedRecordException.class, () -> state.scan(Tables.RESERVATIONS));
    }

    @Test
    void ofManyKeysThoseThatAreThereComeBackInTheirOrder() {
        StateWriter writer = state.as(Incarnation.UNFENCED);
        writer.put(Tables.LABEL_BINDINGS, 7, ONE);
        writer.put(Tables.LABEL_BINDINGS, 3, TWO);
        state.write(
                new Write.Put(
                        Tables.LABEL_BINDINGS.id(),
                        Tables.LABEL_BINDINGS.keys().encode(5),
                        Bytes.utf8("\1\0"),
                        Expect.ANY,
                        Incarnation.UNFENCED));
        List<Bytes> damaged = new ArrayList<>();
        var found =
                state.getAll(
                        Tables.LABEL_BINDINGS, List.of(7, 99, 5, 3), (key, _) -> damaged.add(key));
        assertEquals(List.of(7, 3), found.stream().map(Stored::key).toList());
        assertEquals(List.of(ONE, TWO), found.stream().map(Stored::value).toList());
        assertEquals(List.of(Tables.LABEL_BINDINGS.keys().encode(5)), damaged);
    }

    @Test
    void outcomesOfABatchComeInOrderAlsoWhenItIsDivided() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 2_001; i++) {
            writes.add(
                    Tables.RESERVATIONS.put(
                            "kind/" + i % 2_000,
                            new Reservation("x"),
                            Expect.ABSENT,
                            Incarnation.UNFENCED));
        }
        List<WriteOutcome> outcomes = state.writeAll(writes);
        assertEquals(2_001, outcomes.size());
        assertTrue(outcomes.getLast() instanceof WriteOutcome.Conflict);
        assertEquals(
                2_000, outcomes.stream().filter(o -> o instanceof WriteOutcome.Written).count());
    }

    @Test
    void aStoreThatDoesNotAnswerIsAnError() {
        State silent = new State(new SilentStore(), Duration.ofMillis(10));
        assertThrows(StoreException.class, () -> silent.get(Tables.LABEL_BINDINGS, 7));
        StateWriter writer = silent.as(Incarnation.UNFENCED);
        StoreException e =
                assertThrows(StoreException.class, () -> writer.put(Tables.LABEL_BINDINGS, 7, ONE));
        assertTrue(String.valueOf(e.getMessage()).contains("no answer"), e.getMessage());
    }

    private static void assertFenced(Executable executable) {
        assertThrows(FencedException.class, executable);
    }
}
