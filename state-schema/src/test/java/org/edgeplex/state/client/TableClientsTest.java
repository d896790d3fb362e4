package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.AccessMode;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Expiry;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Reservation;
import org.junit.jupiter.api.Test;

/// The access modes, on a store that answers when it is told to.
class TableClientsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = ClientOptions.DEFAULT.cachePollInterval();
    private static final LabelBinding ONE = new LabelBinding(new MplsLabel(1_001));
    private static final LabelBinding TWO = new LabelBinding(new MplsLabel(1_002));

    private final HeldStore store = new HeldStore();
    private final ManualLoop loop = new ManualLoop();
    private final State state = new State(store.memory(), TIMEOUT);
    private final Leases leases = new Leases(state);
    private final Incarnation life = leases.claim("cvm", "this test");
    private final TableClients clients = clients(life);

    private TableClients clients(Incarnation incarnation) {
        return new TableClients(
                store, loop, incarnation, InstantSource.system(), ClientOptions.DEFAULT);
    }

    @Test
    void aTableThatAllowsNoStaleReadsCannotBeCached() {
        Table<String, Lease> leasesTable = Tables.LEASES;
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Table<>(
                                leasesTable.id(),
                                leasesTable.keys(),
                                leasesTable.records(),
                                leasesTable.writer(),
                                false,
                                AccessMode.CACHED,
                                Expiry.NEVER));
    }

    @Test
    void aTableHasOneClient() {
        assertSame(clients.table(Tables.LABEL_BINDINGS), clients.table(Tables.LABEL_BINDINGS));
    }

    @Test
    void syncGoesToTheStoreWithoutTheLoop() {
        TableClient<String, Reservation> table = clients.table(Tables.RESERVATIONS);
        CompletableFuture<ChangeOutcome> put = table.put("vlan/1", new Reservation("x"));
        store.answerOne();
        assertTrue(put.join().isWritten());
        CompletableFuture<List<ReadOutcome<String, Reservation>>> both =
                table.getAll(List.of("vlan/1", "vlan/2"));
        store.answerOne();
        store.answerOne();
        assertInstanceOf(ReadOutcome.Found.class, both.join().get(0));
        assertInstanceOf(ReadOutcome.Absent.class, both.join().get(1));
    }

    @Test
    void aCachedRecordIsReadOnceUntilItChanges() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        state.as(life).put(Tables.LABEL_BINDINGS, 7, ONE);
        loop.advance(POLL.multipliedBy(3));
        for (int i = 0; i < 5; i++) {
            assertEquals(ONE, found(table, 7));
        }
        assertEquals(
                new CacheStatistics(4, 1, 1), clients.cache(Tables.LABEL_BINDINGS).orElseThrow());
        state.as(life).put(Tables.LABEL_BINDINGS, 7, TWO);
        assertEquals(ONE, found(table, 7), "at most one poll behind");
        loop.advance(POLL);
        assertEquals(TWO, found(table, 7));
    }

    @Test
    void aWriterReadsWhatItWrote() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        loop.advance(POLL.multipliedBy(3));
        CompletableFuture<ChangeOutcome> put = table.put(7, ONE);
        loop.run();
        assertTrue(put.join().isWritten());
        assertEquals(ONE, found(table, 7));
        Stored<Integer, LabelBinding> seen = state.get(Tables.LABEL_BINDINGS, 7).orElseThrow();
        CompletableFuture<ChangeOutcome> replaced = table.replace(seen, TWO);
        loop.run();
        assertTrue(replaced.join().isWritten());
        assertEquals(TWO, found(table, 7));
        assertEquals(0, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().misses());
        CompletableFuture<ChangeOutcome> removed = table.remove(7);
        loop.run();
        assertTrue(removed.join().isWritten());
        CompletableFuture<ReadOutcome<Integer, LabelBinding>> absent = table.get(7);
        loop.run();
        assertInstanceOf(ReadOutcome.Absent.class, absent.join());
    }

    /// The answer was older than the report of the change: it must not be kept.
    @Test
    void aReadThatWasUnderWayDuringAChangeIsNotKept() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        state.as(life).put(Tables.LABEL_BINDINGS, 7, ONE);
        loop.advance(POLL.multipliedBy(3));
        store.holds = true;
        CompletableFuture<ReadOutcome<Integer, LabelBinding>> slow = table.get(7);
        loop.run();
        state.as(life).put(Tables.LABEL_BINDINGS, 7, TWO);
        loop.advance(POLL);
        store.answerOne();
        loop.run();
        assertTrue(slow.isDone());
        assertEquals(0, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().records());
    }

    @Test
    void nothingCachedIsUsedWhenChangesAreNotHeard() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        state.as(life).put(Tables.LABEL_BINDINGS, 7, ONE);
        loop.advance(POLL.multipliedBy(3));
        assertEquals(ONE, found(table, 7));
        state.as(life).put(Tables.LABEL_BINDINGS, 7, TWO);
        loop.stall(POLL.multipliedBy(5));
        assertEquals(TWO, found(table, 7));
    }

    @Test
    void nothingOfTheCacheSurvivesTheIncarnation() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        state.as(life).put(Tables.LABEL_BINDINGS, 7, ONE);
        loop.advance(POLL.multipliedBy(3));
        assertEquals(ONE, found(table, 7));
        leases.heartbeat(life);
        loop.advance(POLL);
        assertEquals(1, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().records());
        leases.claim("cvm", "its successor");
        loop.advance(POLL);
        assertEquals(0, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().records());
        found(table, 7);
        assertEquals(0, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().records());
    }

    @Test
    void aFencedWriteEmptiesTheCacheAtOnce() {
        store.holds = false;
        TableClient<Integer, LabelBinding> table = clients.table(Tables.LABEL_BINDINGS);
        state.as(life).put(Tables.LABEL_BINDINGS, 7, ONE);
        loop.advance(POLL.multipliedBy(3));
        assertEquals(ONE, found(table, 7));
        leases.claim("cvm", "its successor");
        CompletableFuture<ChangeOutcome> put = table.put(8, TWO);
        loop.run();
        assertTrue(put.join().isFenced());
        assertEquals(0, clients.cache(Tables.LABEL_BINDINGS).orElseThrow().records());
    }

    /// The store does a claim and does not say so.
    @Test
    void anUnconfirmedClaimIsDecidedByReading() {
        UnconfirmingStore unconfirming = new UnconfirmingStore(store.memory());
        Leases late = new Leases(new State(unconfirming, TIMEOUT));
        assertEquals(new Incarnation("pvm", 1), late.claim("pvm", "pid 1"));
        assertEquals(1, leases.read("pvm").orElseThrow().epoch());
        assertInstanceOf(
                WriteOutcome.Unknown.class,
                new State(unconfirming, TIMEOUT)
                        .write(
                                Tables.LABEL_BINDINGS.put(
                                        1, ONE, Expect.ANY, Incarnation.UNFENCED)));
    }

    private LabelBinding found(TableClient<Integer, LabelBinding> table, int key) {
        CompletableFuture<ReadOutcome<Integer, LabelBinding>> get = table.get(key);
        loop.run();
        return switch (get.join()) {
            case ReadOutcome.Found(Stored<Integer, LabelBinding> record) -> record.value();
            case ReadOutcome.Absent(), ReadOutcome.Damaged(_), ReadOutcome.Busy() ->
                    throw new AssertionError(get);
        };
    }
}
