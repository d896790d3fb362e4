package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A writer announced a change and died: who goes on behind it writes the object again as it is,
/// and users must not take that for a change.
class SettledTest {
    private static final TableId TABLE = Tables.VRFS.id();
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Bytes OTHER = Bytes.utf8("other");
    private static final Bytes VALUE = Bytes.utf8("value");
    private static final Bytes NEXT = Bytes.utf8("next");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final RamcloudEngineOptions OPTIONS = RamcloudEngineOptions.of("u");

    private final VirtualTime time = new VirtualTime();
    private final ModelCluster cluster = new ModelCluster(time);
    private final RamcloudClient raw = cluster.client(time);
    private final RamcloudStateStore store =
            done(RamcloudStateStore.openLater(cluster.client(time), time, OPTIONS));
    private long version;
    private long rawVersion;

    @BeforeEach
    void aChangeIsAnnouncedAndNotDone() {
        version = written(put(KEY, VALUE, Expect.ABSENT));
        Cluster dying = done(Cluster.open(cluster.client(time), time, OPTIONS));
        done(dying.resolve(List.of(TABLE.number())));
        LogSession session = done(LogSession.begin(dying, Bytes.EMPTY));
        done(session.open(Duration.ZERO));
        LogEntry.Op announced = new LogEntry.Op(TABLE.number(), KEY, rawVersion());
        assertTrue(done(session.append(List.of(announced))));
        rawVersion = rawVersion();
        written(put(OTHER, VALUE, Expect.ANY));
        assertTrue(rawVersion() != rawVersion, "the announced change was not settled");
    }

    @Test
    void itsVersionIsTheSame() {
        Lookup expected = new Lookup.Found(VALUE, version);
        assertEquals(expected, done(store.get(TABLE, KEY, TIMEOUT)));
        assertEquals(List.of(expected), done(store.getAll(TABLE, List.of(KEY), TIMEOUT)));
        ScanPage page = done(store.scan(TABLE, KEY, Bytes.EMPTY, 10, TIMEOUT));
        assertEquals(List.of(new ScanPage.Entry(KEY, VALUE, version)), page.entries());
    }

    @Test
    void aWriteConditionalOnItIsDone() {
        long next = written(put(KEY, NEXT, new Expect.Version(version)));
        assertEquals(new Lookup.Found(NEXT, next), done(store.get(TABLE, KEY, TIMEOUT)));
        assertEquals(new WriteOutcome.Conflict(next), put(KEY, VALUE, new Expect.Version(version)));
    }

    @Test
    void aRemovalConditionalOnItIsDone() {
        Expect known = new Expect.Version(version);
        written(write(new Write.Remove(TABLE, KEY, known, Incarnation.UNFENCED)));
        assertEquals(Lookup.ABSENT, done(store.get(TABLE, KEY, TIMEOUT)));
    }

    private WriteOutcome put(Bytes key, Bytes value, Expect expect) {
        return write(new Write.Put(TABLE, key, value, expect, Incarnation.UNFENCED));
    }

    private WriteOutcome write(Write write) {
        return done(store.write(List.of(write), TIMEOUT)).getFirst();
    }

    private static long written(WriteOutcome outcome) {
        return assertInstanceOf(WriteOutcome.Written.class, outcome).version();
    }

    private long rawVersion() {
        long table = done(raw.table("u." + TABLE.number(), TIMEOUT));
        Lookup object = done(raw.read(List.of(new ObjectKey(table, KEY)), TIMEOUT)).getFirst();
        return assertInstanceOf(Lookup.Found.class, object).version();
    }

    private <T> T done(CompletableFuture<T> future) {
        while (!future.isDone() && time.step(Long.MAX_VALUE)) {}
        return future.join();
    }
}
