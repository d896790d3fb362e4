package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor.Poll;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of old tombstones and of logs without a holder, in virtual time.
class UpkeepTest {
    private static final TableId TABLE = Tables.VRFS.id();
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Bytes VALUE = Bytes.utf8("value");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SOON = Sweeper.AGE.dividedBy(2);

    /// Until somebody takes it up, sees what is old, and has seen it for its age.
    private static final Duration LONG = Sweeper.AGE.plus(Upkeep.TURN.multipliedBy(8));

    private final VirtualTime time = new VirtualTime();
    private final ModelCluster cluster = new ModelCluster(time);
    private RamcloudClient raw;
    private RamcloudStateStore store;

    @BeforeEach
    void begin() {
        raw = cluster.client(time);
        store = open(time);
    }

    @Test
    void aTombstoneGoesWhenItIsOld() {
        store.upkeep().start();
        write(new Write.Put(TABLE, KEY, VALUE, Expect.ANY, Incarnation.UNFENCED));
        write(removal(TABLE, KEY));
        runFor(SOON);
        assertInstanceOf(Lookup.Found.class, object());
        runFor(LONG);
        assertEquals(Lookup.ABSENT, object());
        write(new Write.Put(TABLE, KEY, VALUE, Expect.ABSENT, Incarnation.UNFENCED));
        runFor(LONG);
        assertInstanceOf(Lookup.Found.class, done(store.get(TABLE, KEY, TIMEOUT)));
    }

    @Test
    void aKeyThatIsRemovedAgainAndAgainKeepsItsTombstone() {
        store.upkeep().start();
        for (Duration past = Duration.ZERO; past.compareTo(LONG) < 0; past = past.plus(SOON)) {
            write(new Write.Put(TABLE, KEY, VALUE, Expect.ANY, Incarnation.UNFENCED));
            write(removal(TABLE, KEY));
            runFor(SOON);
            assertInstanceOf(Lookup.Found.class, object());
        }
    }

    @Test
    void oneProgramDoesItUntilItIsGone() {
        VirtualTime.ProcessLoop one = time.process();
        VirtualTime.ProcessLoop other = time.process();
        Upkeep first = open(one).upkeep();
        Upkeep second = open(other).upkeep();
        assertEquals(List.of(true, false), haveSwept(first, second, Upkeep.TURNS_MISSED_MAX));
        assertEquals(List.of(true, false), haveSwept(first, second, 1));
        assertEquals(List.of(true, false), haveSwept(first, second, 1));
        // The first one rests.
        runFor(Upkeep.TURN.multipliedBy(Upkeep.TURNS_MISSED_MAX));
        assertEquals(List.of(true, false), haveSwept(second, first, 0));
    }

    @Test
    void theLogOfAHolderThatIsGoneIsTheNextOnes() {
        claim("one", 1);
        claim("two", 1);
        assertEquals(2, logsInUse());
        store.upkeep().start();
        write(removal(Tables.LEASES.id(), Bytes.utf8("one")));
        runFor(SOON);
        assertEquals(2, logsInUse());
        runFor(LONG);
        assertEquals(1, logsInUse());
        claim("three", 1);
        assertEquals(2, logsInUse());
        assertEquals(2, directory().logs().size());
    }

    @Test
    void aHolderWhoComesBackKeepsItsLog() {
        claim("one", 1);
        store.upkeep().start();
        write(removal(Tables.LEASES.id(), Bytes.utf8("one")));
        runFor(SOON);
        claim("one", 2);
        runFor(LONG);
        assertEquals(1, logsInUse());
    }

    @Test
    void aLateWriterDoesNotWriteIntoTheLogOfAnother() {
        claim("one", 1);
        RamcloudStateStore late = open(time);
        Incarnation one = new Incarnation("one", 1);
        assertInstanceOf(WriteOutcome.Written.class, put(late, one));
        write(removal(Tables.LEASES.id(), Bytes.utf8("one")));
        assertTrue(done(store.retireLog(Bytes.utf8("one"))));
        claim("two", 1);
        assertInstanceOf(WriteOutcome.Fenced.class, put(late, one));
        assertInstanceOf(WriteOutcome.Written.class, put(open(time), new Incarnation("two", 1)));
        claim("one", 2);
        assertInstanceOf(WriteOutcome.Fenced.class, put(late, one));
        assertInstanceOf(WriteOutcome.Written.class, put(open(time), new Incarnation("one", 2)));
    }

    @Test
    void aReaderFollowsALogFromHolderToHolder() {
        claim("one", 1);
        RamcloudChangeCursor cursor = done(store.changesLater());
        put(store, new Incarnation("one", 1));
        write(removal(Tables.LEASES.id(), Bytes.utf8("one")));
        assertTrue(done(store.retireLog(Bytes.utf8("one"))));
        RamcloudChangeCursor younger = done(store.changesLater());
        claim("two", 1);
        put(store, new Incarnation("two", 1));
        assertEquals(List.of(KEY, KEY), changedKeys(cursor));
        assertEquals(List.of(KEY), changedKeys(younger));
    }

    @Test
    void aPollReadsOnlyLogsInUse() {
        claim("one", 1);
        claim("two", 1);
        RamcloudChangeCursor cursor = done(store.changesLater());
        assertEquals(3, objectsOfAPoll(cursor));
        write(removal(Tables.LEASES.id(), Bytes.utf8("one")));
        assertTrue(done(store.retireLog(Bytes.utf8("one"))));
        done(cursor.pollLater(100));
        assertEquals(2, objectsOfAPoll(cursor));
    }

    private List<Boolean> haveSwept(Upkeep one, Upkeep other, int turns) {
        runFor(Upkeep.TURN.multipliedBy(turns));
        List<Boolean> swept = new ArrayList<>();
        for (Upkeep each : List.of(one, other)) {
            ModelCluster.Cost before = cluster.cost();
            done(each.turn());
            swept.add(cluster.cost().since(before).objectsWritten() > 0);
        }
        return swept;
    }

    private long objectsOfAPoll(RamcloudChangeCursor cursor) {
        ModelCluster.Cost before = cluster.cost();
        done(cursor.pollLater(100));
        return cluster.cost().since(before).objectsRead();
    }

    private List<Bytes> changedKeys(RamcloudChangeCursor cursor) {
        Poll poll = done(cursor.pollLater(100));
        return ((Poll.Changes) poll)
                .changes().stream()
                        .filter(change -> change.table().equals(TABLE))
                        .map(Change::key)
                        .toList();
    }

    private Lookup object() {
        return read("u." + TABLE.number(), KEY);
    }

    private LogDirectory directory() {
        return read("u.directory", Bytes.utf8("logs")) instanceof Lookup.Found(Bytes value, _)
                ? LogDirectory.decode(value)
                : new LogDirectory(2, List.of());
    }

    private long logsInUse() {
        return directory().logs().stream().filter(LogDirectory.Log::isUsed).count();
    }

    private Lookup read(String table, Bytes key) {
        long id = done(raw.table(table, TIMEOUT));
        return done(raw.read(List.of(new ObjectKey(id, key)), TIMEOUT)).getFirst();
    }

    private WriteOutcome put(RamcloudStateStore by, Incarnation life) {
        return done(by.write(List.of(new Write.Put(TABLE, KEY, VALUE, Expect.ANY, life)), TIMEOUT))
                .getFirst();
    }

    private void claim(String holder, long epoch) {
        write(Tables.LEASES.put(holder, new Lease(epoch, 0, ""), Expect.ANY, Incarnation.UNFENCED));
    }

    private static Write removal(TableId table, Bytes key) {
        return new Write.Remove(table, key, Expect.ANY, Incarnation.UNFENCED);
    }

    private void write(Write write) {
        assertInstanceOf(
                WriteOutcome.Written.class, done(store.write(List.of(write), TIMEOUT)).getFirst());
    }

    private RamcloudStateStore open(EventLoop loop) {
        return done(
                RamcloudStateStore.openLater(
                        cluster.client(loop), loop, RamcloudEngineOptions.of("u")));
    }

    private void runFor(Duration duration) {
        long until = time.nowNanos() + duration.toNanos();
        while (time.step(until)) {}
    }

    private <T> T done(CompletableFuture<T> future) {
        while (!future.isDone() && time.step(Long.MAX_VALUE)) {}
        return future.join();
    }
}
