package org.edgeplex.state.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that die, forget, fill up, stop or are cut off under load.
@Tag("machine")
class RedisFailureTest {
    private static final TableId TABLE = new TableId(1_000, "failure");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);

    @TempDir Path directory;

    @Test
    void scriptsThatTheServerForgotAreLoadedAgain() throws Exception {
        try (RedisServer server = RedisServer.start(directory);
                StateStore store = RedisStateStore.open(server.unix())) {
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<Long>> adds = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    adds.add(store.add(TABLE, Bytes.utf8("n"), 1, TIMEOUT));
                    if (i == 100) {
                        server.command("SCRIPT", "FLUSH");
                    }
                }
                long expected = round * 200L;
                for (CompletableFuture<Long> add : adds) {
                    assertEquals(++expected, add.join());
                }
                assertEquals(
                        1,
                        store.scan(TABLE, Bytes.EMPTY, Bytes.EMPTY, 9, TIMEOUT)
                                .join()
                                .entries()
                                .size());
            }
        }
    }

    /// Additions are the sharpest test: one that is lost or done twice shows in the sum.
    @Test
    void whatIsCutOffIsDoneOnce() throws Exception {
        try (RedisServer server = RedisServer.start(directory);
                CuttingProxy proxy = new CuttingProxy(server.port());
                RedisStateStore store =
                        RedisStateStore.open(
                                RedisOptions.parse("redis://127.0.0.1:" + proxy.port()))) {
            // More than a handshake, which needs some 6,000 octets.
            proxy.cutAfter(20_011);
            long expected = 0;
            for (int round = 0; round < 40; round++) {
                List<CompletableFuture<Long>> adds = new ArrayList<>();
                List<CompletableFuture<Lookup>> reads = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    adds.add(store.add(TABLE, Bytes.utf8("n"), 1, TIMEOUT));
                    reads.add(store.get(TABLE, Bytes.utf8("n"), TIMEOUT));
                }
                for (CompletableFuture<Long> add : adds) {
                    assertEquals(++expected, add.join());
                }
                reads.forEach(CompletableFuture::join);
            }
            assertTrue(proxy.cuts() > 3, "cuts: " + proxy.cuts());
            assertTrue(store.load().reconnectCount() > 3);
        }
    }

    @Test
    void nothingAcknowledgedIsLostByKillsOfAServerThatAlwaysSyncs() throws Exception {
        try (RedisServer server =
                        RedisServer.start(
                                directory, "--appendonly", "yes", "--appendfsync", "always");
                StateStore store = RedisStateStore.open(server.tcp())) {
            long sum = 0;
            long unknown = 0;
            long version = 0;
            for (int kill = 0; kill < 5; kill++) {
                List<CompletableFuture<Long>> adds = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    adds.add(store.add(TABLE, Bytes.utf8("n"), 1, TIMEOUT));
                }
                adds.get(kill * 30).join();
                server.kill();
                server.restart();
                for (CompletableFuture<Long> add : adds) {
                    try {
                        add.join();
                        sum++;
                    } catch (CompletionException e) {
                        unknown++;
                    }
                }
                Lookup.Found found =
                        assertInstanceOf(
                                Lookup.Found.class,
                                store.get(TABLE, Bytes.utf8("n"), TIMEOUT).join());
                long counted = EngineRules.counter(TABLE, Bytes.utf8("n"), found.value());
                assertTrue(
                        counted >= sum && counted <= sum + unknown,
                        "acknowledged %d, unknown %d, counted %d".formatted(sum, unknown, counted));
                assertTrue(found.version() > version);
                version = found.version();
            }
            // The server kept what it knew of the client, so nothing had to stay unknown.
            assertEquals(0, unknown);
        }
    }

    @Test
    void aServerThatLostItsLastWritesGivesNoVersionTwiceAndCursorsAreTold() throws Exception {
        try (RedisServer server =
                        RedisServer.start(
                                directory, "--appendonly", "yes", "--appendfsync", "always");
                StateStore store = RedisStateStore.open(server.tcp())) {
            put(store, "a", Expect.ANY);
            ChangeCursor cursor = store.changes();
            server.command("CONFIG", "SET", "appendonly", "no");
            WriteOutcome.Written lost =
                    assertInstanceOf(WriteOutcome.Written.class, put(store, "b", Expect.ANY));
            server.kill();
            server.restart();
            assertEquals(Lookup.ABSENT, store.get(TABLE, Bytes.utf8("b"), TIMEOUT).join());
            WriteOutcome.Written again =
                    assertInstanceOf(WriteOutcome.Written.class, put(store, "b", Expect.ABSENT));
            assertNotEquals(lost.version(), again.version());
            assertEquals(new ChangeCursor.Poll.Lost(), cursor.poll(10));
        }
    }

    @Test
    void aFullServerRefusesWritesAndGoesOnReadingAndRemoving() throws Exception {
        try (RedisServer server = RedisServer.start(directory);
                StateStore store = RedisStateStore.open(server.tcp())) {
            put(store, "before", Expect.ANY);
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            CompletionException full =
                    assertThrows(CompletionException.class, () -> put(store, "more", Expect.ANY));
            assertTrue(String.valueOf(full.getMessage()).contains("memory is full"));
            assertEquals(Lookup.ABSENT, store.get(TABLE, Bytes.utf8("more"), TIMEOUT).join());
            try (StateStore second = RedisStateStore.open(server.unix())) {
                assertInstanceOf(
                        Lookup.Found.class,
                        second.get(TABLE, Bytes.utf8("before"), TIMEOUT).join());
            }
            Write remove =
                    new Write.Remove(TABLE, Bytes.utf8("before"), Expect.ANY, Incarnation.UNFENCED);
            assertEquals(
                    List.of(new WriteOutcome.Written(0)),
                    store.write(List.of(remove), TIMEOUT).join());
            server.command("CONFIG", "SET", "maxmemory", "0");
            put(store, "more", Expect.ABSENT);
        }
    }

    @Test
    void whileTheServerIsStoppedDeadlinesHold() throws Exception {
        try (RedisServer server = RedisServer.start(directory);
                StateStore store = RedisStateStore.open(server.tcp())) {
            put(store, "k", Expect.ANY);
            server.signal("STOP");
            CompletableFuture<Lookup> read = store.get(TABLE, Bytes.utf8("k"), SHORT_TIMEOUT);
            CompletableFuture<List<WriteOutcome>> write =
                    store.write(List.of(putting("k", Expect.ANY)), SHORT_TIMEOUT);
            assertInstanceOf(WriteOutcome.Unknown.class, write.join().getFirst());
            CompletionException late = assertThrows(CompletionException.class, read::join);
            assertInstanceOf(StoreException.class, late.getCause());
            server.signal("CONT");
            assertInstanceOf(
                    WriteOutcome.Written.class,
                    store.write(List.of(putting("l", Expect.ANY)), TIMEOUT).join().getFirst());
        }
    }

    @Test
    void writesWaitForReplicasAndGoOnAtOneThatWasPromoted() throws Exception {
        try (RedisServer master = RedisServer.start(directory);
                RedisServer replica = RedisServer.start(directory)) {
            replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
            RedisOptions options =
                    RedisOptions.parse(
                            "redis://127.0.0.1:%d,127.0.0.1:%d?replicas=1&waitMillis=10000"
                                    .formatted(replica.port(), master.port()));
            try (StateStore store = RedisStateStore.open(options)) {
                assertInstanceOf(WriteOutcome.Written.class, put(store, "a", Expect.ANY));
            }
            try (StateStore store =
                    RedisStateStore.open(options.withReplicas(2).withWaitMillis(50))) {
                WriteOutcome.Unknown unknown =
                        assertInstanceOf(
                                WriteOutcome.Unknown.class, put(store, "b", Expect.ABSENT));
                assertTrue(unknown.reason().contains("not confirmed by 2 replicas"));
                assertInstanceOf(WriteOutcome.Conflict.class, put(store, "b", Expect.ABSENT));
            }
            try (StateStore store = RedisStateStore.open(options.withReplicas(0))) {
                ChangeCursor cursor = store.changes();
                master.kill();
                replica.command("REPLICAOF", "NO", "ONE");
                assertInstanceOf(WriteOutcome.Conflict.class, put(store, "a", Expect.ABSENT));
                assertInstanceOf(WriteOutcome.Written.class, put(store, "c", Expect.ABSENT));
                assertEquals(new ChangeCursor.Poll.Lost(), cursor.poll(10));
            }
        }
    }

    @Test
    void aMasterThatBecomesAReplicaIsLeft() throws Exception {
        try (RedisServer one = RedisServer.start(directory);
                RedisServer two = RedisServer.start(directory);
                StateStore store =
                        RedisStateStore.open(
                                RedisOptions.parse(
                                        "redis://127.0.0.1:%d,127.0.0.1:%d"
                                                .formatted(one.port(), two.port())))) {
            put(store, "k", Expect.ANY);
            one.command("REPLICAOF", "127.0.0.1", Integer.toString(two.port()));
            assertInstanceOf(WriteOutcome.Written.class, put(store, "k", Expect.ANY));
        }
    }

    private static Write putting(String key, Expect expect) {
        return new Write.Put(TABLE, Bytes.utf8(key), Bytes.utf8("v"), expect, Incarnation.UNFENCED);
    }

    private static WriteOutcome put(StateStore store, String key, Expect expect) {
        return store.write(List.of(putting(key, expect)), TIMEOUT).join().getFirst();
    }
}
