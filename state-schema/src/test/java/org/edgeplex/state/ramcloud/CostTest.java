package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.ramcloud.model.ModelCluster.Cost;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The figures of `SCHEMA.md`: what an operation costs the cluster.
class CostTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final TableId TABLE = new TableId(1_000, "costly");
    private static final Incarnation LIFE = new Incarnation("pvm-7/control", 1);
    private static final int KEY_BYTES = 9;
    private static final int VALUE_BYTES = 60;

    private final VirtualTime time = new VirtualTime();
    private final ModelCluster cluster = new ModelCluster(time);
    private RamcloudStateStore store;

    @BeforeEach
    void begin() {
        store =
                done(
                        RamcloudStateStore.openLater(
                                cluster.client(time), time, RamcloudEngineOptions.of("c")));
        claim(1);
        write(put(0));
    }

    @Test
    void aWriteOfAKnownObjectIsTwoRoundTripsAndTwoObjects() {
        Cost cost = costOf(() -> write(put(0)));
        assertEquals(new Cost(2, 0, 2, 131), cost);
    }

    @Test
    void aFirstWriteIsOneMore() {
        Cost cost = costOf(() -> write(put(1)));
        assertEquals(new Cost(3, 0, 3, 154), cost);
    }

    @Test
    void aBatchSharesItsIntent() {
        write(IntStream.range(0, 100).mapToObj(CostTest::put).toArray(Write[]::new));
        Cost cost =
                costOf(() ->
                        write(
                                IntStream.range(0, 100)
                                        .mapToObj(CostTest::put)
                                        .toArray(Write[]::new)));
        assertEquals(new Cost(2, 0, 101, 10_427), cost);
    }

    @Test
    void additionsToOneCounterThatWaitTogetherAreOne() {
        Bytes counter = Bytes.utf8("counter");
        assertEquals(1, done(store.add(TABLE, counter, 1, TIMEOUT)));
        List<CompletableFuture<Long>> sums = new ArrayList<>();
        Cost cost =
                costOf(() -> {
                    for (int i = 1; i <= 100; i++) {
                        sums.add(store.add(TABLE, counter, i, TIMEOUT));
                    }
                    sums.forEach(this::done);
                });
        // One that finds the way free, and all others after it; each reads the counter first.
        assertEquals(6, cost.requests());
        long expected = 1;
        for (int i = 1; i <= 100; i++) {
            expected += i;
            assertEquals(expected, sums.get(i - 1).join());
        }
    }

    @Test
    void anAdditionDoesNotOvertakeAWriteOfItsCounter() {
        Bytes counter = Bytes.utf8("counter");
        CompletableFuture<Long> first = store.add(TABLE, counter, 1, TIMEOUT);
        CompletableFuture<Long> before = store.add(TABLE, counter, 1, TIMEOUT);
        Write reset =
                new Write.Put(
                        TABLE, counter, EngineRules.counter(50), Expect.ANY, Incarnation.UNFENCED);
        var _ = store.write(List.of(reset), TIMEOUT);
        CompletableFuture<Long> after = store.add(TABLE, counter, 1, TIMEOUT);
        assertEquals(List.of(1L, 2L, 51L), List.of(done(first), done(before), done(after)));
    }

    @Test
    void aClaimIsTwoRoundTrips() {
        Cost cost = costOf(() -> claim(2));
        assertEquals(2, cost.requests());
    }

    @Test
    void aHeartbeatIsTwoRoundTrips() {
        Write heartbeat = Tables.LEASES.put(LIFE.holder(), new Lease(1, 1, ""), Expect.ANY, LIFE);
        assertEquals(2, costOf(() -> write(heartbeat)).requests());
        // What follows it reads the lease.
        assertEquals(3, costOf(() -> write(put(0))).requests());
    }

    @Test
    void anIdlePollIsOneRoundTripAndOneObjectForEachLog() {
        RamcloudChangeCursor cursor = done(store.changesLater());
        Cost cost = costOf(() -> done(cursor.pollLater(100)));
        assertEquals(1, cost.requests());
        assertEquals(2, cost.objectsRead());
    }

    @Test
    void aPollThatFindsAWriteIsThree() {
        RamcloudChangeCursor cursor = done(store.changesLater());
        write(put(0));
        assertEquals(3, costOf(() -> done(cursor.pollLater(100))).requests());
    }

    /// One after the other, whoever makes them: the directory, the ends of all logs in two steps,
    /// what their last entries name.
    @Test
    void aNewCursorStandsAfterFourRoundTripsHoweverManyLogsThereAre() {
        for (int i = 0; i < 20; i++) {
            write(
                    Tables.LEASES.put(
                            "pvm-" + i + "/dataplane",
                            new Lease(1, 0, ""),
                            Expect.ANY,
                            Incarnation.UNFENCED));
        }
        assertEquals(4, costOf(() -> done(store.changesLater())).requests());
    }

    /// The first thing that a successor does: log and session at once, two steps to the log's end,
    /// whose the log is, what its last entry left, and then the two of any claim.
    @Test
    void aClaimByANewProcessIsEightRequests() {
        claim(2);
        store =
                done(
                        RamcloudStateStore.openLater(
                                cluster.client(time), time, RamcloudEngineOptions.of("c")));
        Bytes holder = Bytes.utf8(LIFE.holder());
        Lookup.Found seen =
                assertInstanceOf(
                        Lookup.Found.class, done(store.get(Tables.LEASES.id(), holder, TIMEOUT)));
        Write claim =
                Tables.LEASES.put(
                        LIFE.holder(),
                        new Lease(3, 0, ""),
                        new Expect.Version(seen.version()),
                        Incarnation.UNFENCED);
        assertEquals(8, costOf(() -> write(claim)).requests());
    }

    private static Write put(int number) {
        byte[] key = new byte[KEY_BYTES];
        key[0] = (byte) number;
        return new Write.Put(
                TABLE, Bytes.wrap(key), Bytes.wrap(new byte[VALUE_BYTES]), Expect.ANY, LIFE);
    }

    private void claim(long epoch) {
        write(
                Tables.LEASES.put(
                        LIFE.holder(), new Lease(epoch, 0, ""), Expect.ANY, Incarnation.UNFENCED));
    }

    private void write(Write... writes) {
        done(store.write(new ArrayList<>(List.of(writes)), TIMEOUT));
    }

    private Cost costOf(Runnable work) {
        Cost before = cluster.cost();
        work.run();
        return cluster.cost().since(before);
    }

    private <T> T done(CompletableFuture<T> future) {
        while (!future.isDone() && time.step(Long.MAX_VALUE)) {}
        return future.join();
    }
}
