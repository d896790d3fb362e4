package org.edgeplex.state.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// The store on a Redis server.
///
/// Futures are completed by the thread that receives, or by the caller's where it waits for them:
/// what hangs on them must not block.
public final class RedisStateStore implements StateStore {
    private static final Duration CURSOR_TIMEOUT = Duration.ofSeconds(5);
    private static final int KEYS_OF_COMMAND_MAX = 128;
    private static final int SCAN_ENTRIES_MAX = 1_000;
    private static final int SCAN_BYTES_MAX = 1 << 20;
    private static final int COST_BYTES = 4_096;

    /// A request is as large as a command at least.
    private static final long COST_MAX_OF_CALL = Admission.COST_MAX / 2;

    private final Layout layout;
    private final Link reads;
    private final Link writes;

    private RedisStateStore(RedisOptions options) {
        layout = layout(options);
        writes = link(options, layout);
        // Reads must not queue behind a WAIT.
        reads = options.replicas() == 0 ? writes : link(options, layout(options));
    }

    private static Layout layout(RedisOptions options) {
        return new Layout(options.namespace(), UUID.randomUUID().toString(), options.changesKept());
    }

    private static Link link(RedisOptions options, Layout layout) {
        return new Link(
                options.name(),
                new Connector(options, new Handshake(options, layout, Link.SESSION_SECONDS)),
                new Pipeline(
                        layout, options.replicas(), options.waitMillis(), Link.SESSION_SECONDS),
                options.waitMillis());
    }

    /// Fails with [StoreException], which says what to do; nothing has changed then.
    public static RedisStateStore open(RedisOptions options) {
        RedisStateStore store = new RedisStateStore(options);
        store.writes.open();
        if (store.reads != store.writes) {
            try {
                store.reads.open();
            } catch (StoreException e) {
                store.writes.close();
                throw e;
            }
        }
        return store;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        try {
            EngineRules.checkKey(table, key);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return read(timeout, (out, _) -> layout.get(out, table, key), Layout::lookup);
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        try {
            EngineRules.checkKeys(table, keys);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (keys.size() <= KEYS_OF_COMMAND_MAX) {
            return getSome(table, List.copyOf(keys), timeout);
        }
        List<CompletableFuture<List<Lookup>>> parts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += KEYS_OF_COMMAND_MAX) {
            int to = Math.min(keys.size(), i + KEYS_OF_COMMAND_MAX);
            parts.add(getSome(table, List.copyOf(keys.subList(i, to)), timeout));
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(_ -> parts.stream().flatMap(part -> part.join().stream()).toList());
    }

    private CompletableFuture<List<Lookup>> getSome(
            TableId table, List<Bytes> keys, Duration timeout) {
        return read(
                timeout,
                (out, _) -> layout.getAll(out, table, keys),
                reply -> Layout.lookups(reply, keys.size()));
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        try {
            EngineRules.checkScan(prefix, resume, limit);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        int entries = Math.min(limit, SCAN_ENTRIES_MAX);
        return read(
                timeout,
                (out, whole) ->
                        layout.scan(out, whole, table, prefix, resume, entries, SCAN_BYTES_MAX),
                Layout::page);
    }

    private <T> CompletableFuture<T> read(
            Duration timeout, Read.Command command, Read.Answer<T> answer) {
        CompletableFuture<T> future = reads.newAnswer();
        reads.submit(new Read<>(deadline(timeout), command, answer, future));
        return future;
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> given, Duration timeout) {
        List<Write> checked = List.copyOf(given);
        try {
            EngineRules.checkWrites(checked);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return checked.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : write(checked, false, timeout);
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        try {
            EngineRules.checkKey(table, key);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        Write put =
                new Write.Put(
                        table, key, EngineRules.counter(delta), Expect.ANY, Incarnation.UNFENCED);
        return write(List.of(put), true, timeout).thenApply(outcomes -> sum(outcomes.getFirst()));
    }

    private static long sum(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written(long sum) -> sum;
            case WriteOutcome.Unknown(String why) -> throw new StoreException(why);
            case WriteOutcome.Conflict _, WriteOutcome.Fenced _ ->
                    throw new IllegalStateException("an addition has no condition: " + outcome);
        };
    }

    private CompletableFuture<List<WriteOutcome>> write(
            List<Write> checked, boolean adds, Duration timeout) {
        long bytes = 0;
        for (Write write : checked) {
            bytes += write instanceof Write.Put put ? put.value().length() : 0;
        }
        int cost = (int) Math.min(COST_MAX_OF_CALL, 1 + bytes / COST_BYTES);
        CompletableFuture<List<WriteOutcome>> future = writes.newAnswer();
        writes.submit(new WriteCall(deadline(timeout), cost, checked, adds, future));
        return future;
    }

    private static long deadline(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    @Override
    public ChangeCursor changes() {
        return new RedisChangeCursor(this);
    }

    /// The number of the last change, and the log behind the one given, in one round trip.
    CompletableFuture<Long> lastSequence() {
        return read(CURSOR_TIMEOUT, (out, _) -> layout.lastSequence(out), Layout::sequence);
    }

    CompletableFuture<Layout.LogPart> changesAfter(long sequence, int entriesMax) {
        return read(
                CURSOR_TIMEOUT,
                (out, _) -> layout.changesAfter(out, sequence, entriesMax),
                reply -> Layout.changes(reply, sequence));
    }

    /// How busy the connection for writes is.
    public RedisLoad load() {
        return writes.load();
    }

    @Override
    public void close() {
        writes.close();
        reads.close();
    }
}
