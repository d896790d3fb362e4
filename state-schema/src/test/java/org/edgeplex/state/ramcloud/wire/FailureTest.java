package org.edgeplex.state.ramcloud.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.RamcloudClientContract;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.server.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the client does when servers do not do what they should.
class FailureTest extends RamcloudClientContract {
    private static final Duration SHORT = Duration.ofMillis(300);

    private TestCluster cluster;
    private SystemEventLoop loop;
    private WireClient client;
    private long table;

    @BeforeEach
    void start() {
        cluster = new TestCluster(2);
        loop = new SystemEventLoop("failure-test");
        client =
                WireClient.on(
                        RamcloudOptions.parse(
                                "ramcloud:%s?stallMillis=500".formatted(cluster.locator())),
                        loop,
                        new TcpTransport("failure-test-replies"),
                        cluster.leader());
        table = client.table("t", TIMEOUT).join();
    }

    @AfterEach
    void stop() {
        client.close();
        loop.close();
        cluster.close();
    }

    @Override
    protected WireClient client() {
        return client;
    }

    @Override
    protected long table() {
        return table;
    }

    private int owner() {
        return cluster.masterOf(table, Bytes.utf8("a"));
    }

    private int other() {
        return 1 - owner();
    }

    /// The client has a lease, so that what is written alone has a number.
    private void lease() {
        client.increment(key("lease"), 1, TIMEOUT).join();
    }

    @Test
    void aWriteWaitsUntilADeadMastersTabletIsRecovered() {
        Map<Bytes, Bytes> before = fill(100);
        int dead = owner();
        cluster.crash(dead);
        CompletableFuture<List<WriteOutcome>> write =
                client.write(List.of(put("a", "1", Expect.ABSENT)), TIMEOUT);
        CompletableFuture<List<Lookup>> read =
                client.read(List.of(key("key-1"), key("key-2")), TIMEOUT);
        assertThrows(TimeoutException.class, () -> write.get(50, TimeUnit.MILLISECONDS));
        cluster.recover(dead);
        assertInstanceOf(WriteOutcome.Written.class, write.join().getFirst());
        assertEquals(
                Bytes.utf8("value-2"),
                assertInstanceOf(Lookup.Found.class, read.join().get(1)).value());
        assertEquals(before.size() + 1, scan().size());
    }

    @Test
    void aCoordinatorThatHasNotNoticedIsAskedUntilItHas() {
        written(put("a", "1", Expect.ANY));
        int dead = owner();
        cluster.crashUnnoticed(dead);
        CompletableFuture<List<Lookup>> read = client.read(List.of(key("a")), TIMEOUT);
        assertThrows(TimeoutException.class, () -> read.get(50, TimeUnit.MILLISECONDS));
        cluster.recover(dead);
        assertInstanceOf(Lookup.Found.class, read.join().getFirst());
    }

    @Test
    void aReadPastItsTimeSaysWhatWasNotReached() {
        written(put("a", "1", Expect.ANY));
        cluster.crash(owner());
        String message = failure(client.read(List.of(key("a")), SHORT));
        assertTrue(message.contains("no answer from RAMCloud in time"), message);
        assertTrue(message.contains("coordinator"), message);
    }

    @Test
    void aWritePastItsTimeIsUnknown() {
        written(put("a", "1", Expect.ANY));
        cluster.hang(owner(), true);
        WriteOutcome outcome =
                client.write(List.of(put("a", "2", Expect.ANY)), SHORT).join().getFirst();
        assertInstanceOf(WriteOutcome.Unknown.class, outcome);
    }

    @Test
    void aClientWithoutAClusterFailsInTime() {
        cluster.close();
        String message = failure(client.table("other", SHORT));
        assertTrue(message.contains(cluster.locator()), message);
    }

    @Test
    void aServerThatHangsIsGivenUp() {
        written(put("a", "1", Expect.ANY));
        int hanging = owner();
        cluster.hang(hanging, true);
        CompletableFuture<List<Lookup>> read = client.read(List.of(key("a")), TIMEOUT);
        cluster.move(table, Bytes.utf8("a"), other());
        assertInstanceOf(Lookup.Found.class, read.join().getFirst());
    }

    @Test
    void aServerThatIsMerelySlowIsNot() {
        written(put("a", "1", Expect.ANY));
        int connections = cluster.connections(owner());
        cluster.delayReplies(owner(), Duration.ofMillis(400));
        assertInstanceOf(Lookup.Found.class, read("a"));
        assertEquals(connections, cluster.connections(owner()));
    }

    @Test
    void aTabletThatMovedIsFollowed() {
        Map<Bytes, Bytes> before = fill(500);
        cluster.move(table, Bytes.utf8("a"), other());
        assertEquals(before.size(), scan().size());
        long version = written(put("a", "1", Expect.ABSENT));
        cluster.move(table, Bytes.utf8("a"), other());
        assertEquals(found("1", version), read("a"));
    }

    @Test
    void aBatchFollowsATabletThatSplits() {
        Map<Bytes, Bytes> before = fill(1_000);
        for (int i = 0; i < 8; i++) {
            Bytes at = Bytes.utf8("key-" + i * 100);
            cluster.split(table, at);
            cluster.move(table, at, i % 2);
            List<ObjectKey> keys =
                    before.keySet().stream().map(k -> new ObjectKey(table, k)).toList();
            List<Lookup> lookups = client.read(keys, TIMEOUT).join();
            for (int k = 0; k < keys.size(); k++) {
                assertEquals(
                        before.get(keys.get(k).key()),
                        assertInstanceOf(Lookup.Found.class, lookups.get(k)).value());
            }
        }
        assertEquals(before, scan());
    }

    @Test
    void aScanGoesOnOverSplitsAndMoves() {
        Map<Bytes, Bytes> before = fill(2_000);
        cluster.enumerateAtMost(2_000);
        int pages = 0;
        List<Bytes> seen = new ArrayList<>();
        Bytes resume = Bytes.EMPTY;
        do {
            ScanPage page = client.enumerate(table, resume, TIMEOUT).join();
            page.entries().forEach(entry -> seen.add(entry.key()));
            resume = page.resume();
            Bytes at = Bytes.utf8("key-" + pages++ * 31);
            cluster.split(table, at);
            cluster.move(table, at, pages % 2);
        } while (!resume.isEmpty());
        assertEquals(before.size(), seen.size());
        assertEquals(before.keySet(), Set.copyOf(seen));
    }

    @Test
    void retryIsTriedAgain() {
        lease();
        cluster.retryNext(owner(), 3);
        assertEquals(1, client.increment(key("n"), 1, TIMEOUT).join());
        cluster.retryNext(owner(), 3);
        fill(50);
        cluster.retryNext(owner(), 3);
        assertEquals(51 + 1, scan().size());
    }

    @Test
    void aLostAnswerIsGivenAgainAndNothingIsDoneTwice() {
        lease();
        long first = written(put("a", "1", Expect.ANY));
        cluster.loseReplies(owner(), 1);
        CompletableFuture<List<WriteOutcome>> write =
                client.write(List.of(put("a", "2", new Expect.Version(first))), TIMEOUT);
        awaitLoss();
        cluster.dropConnections(owner());
        assertEquals(
                new WriteOutcome.Written(first + 1),
                write.join().getFirst(),
                "the first answer, not a conflict with its own result");
        assertEquals(found("2", first + 1), read("a"));
    }

    /// Items of a batch have no numbers: the server does not know that it did them.
    @Test
    void aBatchWhoseAnswerWasLostIsNotToldAsAConflict() {
        cluster.loseReplies(owner(), 1);
        List<ObjectWrite> writes =
                List.of(put("a", "1", Expect.ABSENT), put("a2", "1", Expect.ABSENT));
        CompletableFuture<List<WriteOutcome>> write = client.write(writes, TIMEOUT);
        awaitLoss();
        cluster.dropConnections(owner());
        assertInstanceOf(WriteOutcome.Unknown.class, write.join().getFirst());
        assertEquals(Bytes.utf8("1"), assertInstanceOf(Lookup.Found.class, read("a")).value());
    }

    @Test
    void aCounterWhoseAnswerWasLostIsNotAddedToTwice() {
        lease();
        cluster.loseReplies(owner(), 1);
        CompletableFuture<Long> sum = client.increment(key("n"), 5, TIMEOUT);
        awaitLoss();
        cluster.dropConnections(owner());
        assertEquals(5, sum.join());
        assertEquals(6, client.increment(key("n"), 1, TIMEOUT).join());
    }

    /// A request that came may be answered on the next connection still, if this one ends before.
    private void awaitLoss() {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (cluster.repliesToLose(owner()) > 0 && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void answersAreAcknowledgedAndForgotten() {
        lease();
        for (int i = 0; i < 100; i++) {
            written(put("a", "v" + i, Expect.ANY));
        }
        assertTrue(cluster.answersKept() <= 2, () -> cluster.answersKept() + " are kept");
    }

    @Test
    void aLeaseThatEndedIsReplaced() {
        lease();
        assertEquals(1, cluster.leasesGiven());
        cluster.expireLeases();
        assertEquals(1, client.increment(key("n"), 1, TIMEOUT).join());
        assertEquals(2, cluster.leasesGiven());
        written(put("a", "1", Expect.ABSENT));
    }

    @Test
    void aLeaseIsRenewedWhileItIsUsed() {
        cluster.leaseTerm(Duration.ofSeconds(2));
        lease();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        long sum = 0;
        while (System.nanoTime() - end < 0) {
            assertEquals(++sum, client.increment(key("n"), 1, TIMEOUT).join());
        }
        assertTrue(cluster.leasesGiven() <= 2, () -> cluster.leasesGiven() + " leases");
    }

    @Test
    void withoutACoordinatorWhatIsKnownGoesOn() {
        fill(100);
        cluster.crashCoordinator();
        for (int i = 0; i < 50; i++) {
            written(put("a" + i, "1", Expect.ABSENT));
        }
        assertEquals(150, scan().size());
        failure(client.table("other", SHORT));
    }

    @Test
    void aStandbyIsFound() {
        fill(100);
        int dead = owner();
        cluster.crashCoordinator();
        cluster.crash(dead);
        CompletableFuture<Long> other = client.table("other", TIMEOUT);
        CompletableFuture<List<Lookup>> read = client.read(List.of(key("key-1")), TIMEOUT);
        assertFalse(other.isDone());
        cluster.startStandby();
        cluster.recover(dead);
        assertInstanceOf(Lookup.Found.class, read.join().getFirst());
        assertTrue(other.join() != table);
    }

    @Test
    void aTableThatIsGoneIsAnError() {
        fill(1);
        cluster.dropTable("t");
        String message = failure(client.read(List.of(key("a")), TIMEOUT));
        assertTrue(message.contains("no table " + table), message);
    }

    @Test
    void whoDoesNotWaitIsToldSo() {
        written(put("a", "1", Expect.ANY));
        cluster.hang(owner(), true);
        List<ObjectKey> keys = Collections.nCopies(PendingCalls.OPEN_MAX / 2 + 1, key("a"));
        CompletableFuture<List<Lookup>> first = client.read(keys, TIMEOUT);
        String message = failure(client.read(keys, TIMEOUT));
        assertTrue(message.contains("wait for their answers"), message);
        assertFalse(first.isDone());
    }

    @Test
    void loadWithAMasterThatDiesLosesNothing() {
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<List<WriteOutcome>>> writes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ObjectWrite write = put("k" + i, "r" + round, Expect.ANY);
                writes.add(client.write(List.of(write), TIMEOUT));
            }
            if (round == 10) {
                int dead = owner();
                cluster.crash(dead);
                cluster.recover(dead);
            }
            writes.forEach(
                    write -> assertInstanceOf(WriteOutcome.Written.class, write.join().getFirst()));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    Bytes.utf8("r19"), assertInstanceOf(Lookup.Found.class, read("k" + i)).value());
        }
    }

    private static String failure(CompletableFuture<?> future) {
        CompletionException e = assertThrows(CompletionException.class, future::join);
        return String.valueOf(assertInstanceOf(StoreException.class, e.getCause()).getMessage());
    }
}
