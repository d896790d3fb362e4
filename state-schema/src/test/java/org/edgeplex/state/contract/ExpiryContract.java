package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.AccessMode;
import org.edgeplex.state.Expiry;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.Table;
import org.edgeplex.state.client.ChangeOutcome;
import org.edgeplex.state.client.ClientOptions;
import org.edgeplex.state.client.ExpirySweeper;
import org.edgeplex.state.client.ManualLoop;
import org.edgeplex.state.client.ReadOutcome;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableClient;
import org.edgeplex.state.client.TableClients;
import org.junit.jupiter.api.Test;

/// Records that count until a time: absent from then on to every reader, and swept.
public abstract class ExpiryContract extends EngineContract {
    private record Entry(String name, long expiresMillis) {}

    private static final Table<Integer, Entry> ENTRIES =
            new Table<>(
                            TABLE,
                            KeyCodec.of(RecordWriter::i32, RecordReader::i32),
                            RecordCodec.of(
                                    (out, entry) -> out.text(entry.name).i64(entry.expiresMillis),
                                    in -> new Entry(in.text(), in.i64())),
                            "this contract",
                            true,
                            AccessMode.CACHED,
                            Expiry.NEVER)
                    .expiringAt(Entry::expiresMillis);

    private static final Duration PASS = Duration.ofMillis(100);

    private long nowMillis = 1_000;

    private State state() {
        return new State(store(), TIMEOUT, clock());
    }

    private InstantSource clock() {
        return () -> Instant.ofEpochMilli(nowMillis);
    }

    @Test
    void aRecordIsAbsentFromTheMomentOfItsExpiry() {
        StateWriter writer = state().as(Incarnation.UNFENCED);
        writer.put(ENTRIES, 1, new Entry("short", 2_000));
        writer.put(ENTRIES, 2, new Entry("long", 9_000));
        writer.put(ENTRIES, 3, new Entry("forever", Expiry.NEVER_MILLIS));
        nowMillis = 1_999;
        assertEquals(3, state().scan(ENTRIES).size());
        nowMillis = 2_000;
        assertEquals(Optional.empty(), state().get(ENTRIES, 1));
        assertEquals(List.of(2, 3), state().scan(ENTRIES).stream().map(Stored::key).toList());
    }

    @Test
    void anExpiredRecordIsNoObstacleToANewOne() {
        StateWriter writer = state().as(Incarnation.UNFENCED);
        writer.put(ENTRIES, 1, new Entry("old", 2_000));
        assertFalse(writer.putIfAbsent(ENTRIES, 1, new Entry("new", 9_000)));
        nowMillis = 2_000;
        assertTrue(writer.putIfAbsent(ENTRIES, 1, new Entry("new", 9_000)));
        assertEquals("new", state().get(ENTRIES, 1).orElseThrow().value().name());
    }

    @Test
    void theAsynchronousClientAgrees() {
        ManualLoop loop = new ManualLoop();
        SettlingStore watched = new SettlingStore(store());
        TableClients clients =
                new TableClients(
                        watched, loop, Incarnation.UNFENCED, clock(), ClientOptions.DEFAULT);
        TableClient<Integer, Entry> table = clients.table(ENTRIES);
        assertTrue(settled(watched, loop, table.put(1, new Entry("old", 2_000))).isWritten());
        var found = table.get(1);
        watched.pass(loop, PASS);
        assertInstanceOf(ReadOutcome.Found.class, found.join());
        nowMillis = 2_000;
        var absent = table.get(1);
        ChangeOutcome put = settled(watched, loop, table.putIfAbsent(1, new Entry("new", 9_000)));
        assertInstanceOf(ReadOutcome.Absent.class, absent.join());
        assertTrue(put.isWritten());
        clients.close();
    }

    private static <T> T settled(
            SettlingStore watched, ManualLoop loop, CompletableFuture<T> future) {
        watched.settle(loop);
        return future.join();
    }

    @Test
    void theSweeperRemovesWhatHasExpiredAndNothingElse() {
        StateWriter writer = state().as(Incarnation.UNFENCED);
        for (int i = 0; i < 100; i++) {
            writer.put(ENTRIES, i, new Entry("e", i % 2 == 0 ? 2_000 : 9_000));
        }
        ManualLoop loop = new ManualLoop();
        SettlingStore watched = new SettlingStore(store());
        try (ExpirySweeper sweeper =
                new ExpirySweeper(watched, loop, clock(), ENTRIES, "one", PASS, 10)) {
            passes(watched, loop, 30);
            assertEquals(100, scanAll(TABLE, bytes(""), 50).size());
            nowMillis = 2_000;
            // A record that is renewed just now stays.
            writer.put(ENTRIES, 0, new Entry("renewed", 9_000));
            passes(watched, loop, 40);
            assertEquals(51, scanAll(TABLE, bytes(""), 50).size());
            assertEquals(49, sweeper.removed());
        }
    }

    @Test
    void oneOfSeveralSweeps() {
        StateWriter writer = state().as(Incarnation.UNFENCED);
        ManualLoop loop = new ManualLoop();
        SettlingStore watched = new SettlingStore(store());
        try (ExpirySweeper one =
                        new ExpirySweeper(watched, loop, clock(), ENTRIES, "one", PASS, 10);
                ExpirySweeper two =
                        new ExpirySweeper(watched, loop, clock(), ENTRIES, "two", PASS, 10)) {
            passes(watched, loop, 5);
            for (int i = 0; i < 20; i++) {
                writer.put(ENTRIES, i, new Entry("e", 500));
            }
            passes(watched, loop, 20);
            assertEquals(0, scanAll(TABLE, bytes(""), 50).size());
            assertTrue(one.removed() == 0 || two.removed() == 0);
        }
    }

    private static void passes(SettlingStore watched, ManualLoop loop, int passes) {
        for (int i = 0; i < passes; i++) {
            watched.pass(loop, PASS);
        }
    }
}
