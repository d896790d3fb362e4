package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// The store in a RAMCloud cluster. How it keeps its promises is told at the package.
///
/// Futures of writes, additions and scans are completed on the loop, those of reads on a thread of
/// the client: what hangs on them must not block.
public final class RamcloudStateStore implements StateStore {
    private final Cluster cluster;
    private final Runnable afterClose;
    private final VersionCache cache;
    private final Scans scans;
    private final Map<Bytes, LogWriter> writers = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RamcloudStateStore(Cluster cluster, Runnable afterClose) {
        this.cluster = cluster;
        this.afterClose = afterClose;
        this.cache = new VersionCache(cluster.options().cachedVersionsMax());
        this.scans = new Scans(cluster);
    }

    /// Opens the store on a loop of its own; fails with [StoreException]. The store closes the
    /// client, and takes its part in the upkeep of the cluster.
    public static RamcloudStateStore open(RamcloudClient client, RamcloudEngineOptions options) {
        EventLoop loop = new SystemEventLoop("ramcloud " + options.namespace());
        try {
            RamcloudStateStore store =
                    Failures.await(opening(client, loop, options, loop::close), options);
            loop.execute(() -> store.upkeep().start());
            return store;
        } catch (StoreException e) {
            client.close();
            loop.close();
            throw e;
        }
    }

    /// As [#open], but fails where there is no such store.
    public static RamcloudStateStore openExisting(
            RamcloudClient client, RamcloudEngineOptions options) {
        try {
            Failures.await(Cluster.check(client, options), options);
        } catch (StoreException e) {
            client.close();
            throw e;
        }
        return open(client, options);
    }

    /// As [#openLater], waiting.
    public static RamcloudStateStore open(
            RamcloudClient client, EventLoop loop, RamcloudEngineOptions options) {
        return Failures.await(openLater(client, loop, options), options);
    }

    /// Opens the store on this loop, which stays the caller's. The store closes the client.
    public static CompletableFuture<RamcloudStateStore> openLater(
            RamcloudClient client, EventLoop loop, RamcloudEngineOptions options) {
        return opening(client, loop, options, () -> {});
    }

    private static CompletableFuture<RamcloudStateStore> opening(
            RamcloudClient client,
            EventLoop loop,
            RamcloudEngineOptions options,
            Runnable afterClose) {
        return Cluster.open(client, loop, options)
                .thenApply(cluster -> new RamcloudStateStore(cluster, afterClose));
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return read(
                table,
                List.of(key),
                timeout,
                raw -> StoredObject.lookup(table.name(), key, raw.getFirst()));
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return keys.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : read(table, keys, timeout, raw -> StoredObject.lookups(table.name(), keys, raw));
    }

    private <T> CompletableFuture<T> read(
            TableId table, List<Bytes> keys, Duration timeout, Function<List<Lookup>, T> use) {
        try {
            checkOpen();
            EngineRules.checkKeys(table, keys);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        Long known = cluster.known(table.number());
        // Who waits for this waits for the client's answer, and may read it himself.
        return Failures.then(
                known == null
                        ? cluster.resolve(table.number(), timeout)
                                .thenCompose(id -> read(id, keys, timeout))
                        : read(known, keys, timeout),
                use);
    }

    private CompletableFuture<List<Lookup>> read(long tableId, List<Bytes> keys, Duration timeout) {
        List<ObjectKey> places = new ArrayList<>(keys.size());
        for (Bytes key : keys) {
            places.add(new ObjectKey(tableId, key));
        }
        return cluster.client().read(places, timeout);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        try {
            checkOpen();
            EngineRules.checkWrites(writes);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        Submission submission = new Submission(List.copyOf(writes), this::writerOf);
        cluster.loop().execute(() -> submission.start(cluster.loop(), timeout));
        return submission.result();
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        try {
            checkOpen();
            EngineRules.checkKey(table, key);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        Bytes log = table.equals(Tables.LEASES.id()) ? key : Bytes.EMPTY;
        CompletableFuture<Long> result = new CompletableFuture<>();
        cluster.loop()
                .execute(
                        () -> Failures.pass(writerOf(log).add(table, key, delta, timeout), result));
        return result;
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        try {
            checkOpen();
            EngineRules.checkScan(prefix, resume, limit);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<ScanPage> result = new CompletableFuture<>();
        cluster.loop()
                .execute(() -> {
                    EventLoop.Timer timer =
                            cluster.loop()
                                    .schedule(
                                            timeout,
                                            () ->
                                                    result.completeExceptionally(
                                                            overdue("a scan", timeout)));
                    CompletableFuture<ScanPage> page =
                            cluster.resolve(List.of(table.number()))
                                    .thenCompose(_ -> scans.scan(table, prefix, resume, limit));
                    Failures.pass(page, result);
                    var _ = result.whenComplete((_, _) -> timer.cancel());
                });
        return result;
    }

    /// Waits until the cursor stands.
    @Override
    public ChangeCursor changes() {
        return Failures.await(changesLater(), cluster.options());
    }

    /// As [#changes], for who must not wait.
    public CompletableFuture<RamcloudChangeCursor> changesLater() {
        checkOpen();
        RamcloudChangeCursor cursor = new RamcloudChangeCursor(cluster);
        CompletableFuture<RamcloudChangeCursor> result = new CompletableFuture<>();
        cluster.loop().execute(() -> Failures.pass(cursor.stand().thenApply(_ -> cursor), result));
        return result;
    }

    /// What frees the cluster of what nobody needs any more, when it takes its turns.
    Upkeep upkeep() {
        return new Upkeep(cluster);
    }

    /// Gives the log of a holder free that has no lease; false: it has one, or a writer.
    CompletableFuture<Boolean> retireLog(Bytes holder) {
        return LogSession.retire(cluster, holder);
    }

    /// What is under way may be done or not; its outcomes are told as unknown, if at all.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cluster.client().close();
            afterClose.run();
        }
    }

    private LogWriter writerOf(Bytes log) {
        return writers.computeIfAbsent(log, name -> new LogWriter(cluster, cache, name));
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new StoreException("the store was closed: " + cluster.options().namespace());
        }
    }

    static StoreException overdue(String what, Duration timeout) {
        return new StoreException(what + " was not confirmed by the cluster within " + timeout);
    }
}
