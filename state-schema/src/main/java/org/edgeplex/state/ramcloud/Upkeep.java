package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Frees the cluster of what nobody needs any more: old tombstones, and logs of holders that have
/// no lease.
///
/// Every program that has the store open takes part, and one of them does it: it writes an object
/// at each of its turns, and another takes over who saw that object unchanged for
/// [#TURNS_MISSED_MAX] turns by its own clock. Two that do it at once do no harm. Used on the loop.
final class Upkeep {
    static final Duration TURN = Duration.ofMinutes(10);
    static final int TURNS_MISSED_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int LEASES = Tables.LEASES.id().number();

    private final Cluster cluster;
    private final List<Sweeper> sweepers;

    /// Since when names of logs have been seen without a lease.
    private final Map<Bytes, Long> unusedSinceNanos = new HashMap<>();

    /// What this one wrote last; 0: nothing.
    private long ownVersion;

    private long seenVersion;
    private long seenSinceNanos;

    /// What one turn did.
    record Swept(int tombstones, int logs) {
        static final Swept NOTHING = new Swept(0, 0);
    }

    Upkeep(Cluster cluster) {
        this.cluster = cluster;
        this.sweepers =
                Tables.all().stream()
                        .map(table -> new Sweeper(cluster, table.id().number()))
                        .toList();
        this.seenSinceNanos = cluster.loop().nowNanos();
    }

    void start() {
        cluster.loop().schedule(TURN, this::run);
    }

    private void run() {
        var _ =
                turn().whenComplete((swept, failure) -> {
                    if (failure != null) {
                        LOG.info(
                                "namespace {} is not swept now: {}",
                                cluster.options().namespace(),
                                Failures.cause(failure).getMessage());
                    } else if (!swept.equals(Swept.NOTHING)) {
                        LOG.info("namespace {}: {}", cluster.options().namespace(), swept);
                    }
                    start();
                });
    }

    CompletableFuture<Swept> turn() {
        return cluster.read(List.of(cluster.upkeepKey()))
                .thenCompose(found -> {
                    long version =
                            found.getFirst() instanceof Lookup.Found(_, long there) ? there : 0;
                    long now = cluster.loop().nowNanos();
                    if (version != seenVersion) {
                        seenVersion = version;
                        seenSinceNanos = now;
                    }
                    boolean isOwn = version != 0 && version == ownVersion;
                    long missed = (now - seenSinceNanos) / TURN.toNanos();
                    return isOwn || missed >= TURNS_MISSED_MAX
                            ? take(version)
                            : CompletableFuture.completedFuture(Swept.NOTHING);
                });
    }

    private CompletableFuture<Swept> take(long version) {
        Expect expect = version == 0 ? Expect.ABSENT : new Expect.Version(version);
        return cluster.write(new ObjectWrite.Put(cluster.upkeepKey(), Bytes.EMPTY, expect))
                .thenCompose(outcome -> {
                    if (!(outcome instanceof WriteOutcome.Written(long written))) {
                        return CompletableFuture.completedFuture(Swept.NOTHING);
                    }
                    ownVersion = written;
                    seenVersion = written;
                    seenSinceNanos = cluster.loop().nowNanos();
                    return sweepTables(0, 0)
                            .thenCompose(tombstones ->
                                    retireLogs().thenApply(logs -> new Swept(tombstones, logs)));
                });
    }

    private CompletableFuture<Integer> sweepTables(int next, int before) {
        return next == sweepers.size()
                ? CompletableFuture.completedFuture(before)
                : sweepers.get(next)
                        .sweep()
                        .thenCompose(count -> sweepTables(next + 1, before + count));
    }

    /// Ends the use of logs whose holders have been seen without a lease for [Sweeper#AGE]: for no
    /// other reason than that a holder who comes back soon needs none anew.
    private CompletableFuture<Integer> retireLogs() {
        return cluster.directory()
                .thenCompose(seen -> {
                    List<LogEntry.Op> leases =
                            seen.directory().logs().stream()
                                    .filter(log -> log.isUsed() && !log.name().isEmpty())
                                    .map(log -> new LogEntry.Op(LEASES, log.name(), 0))
                                    .toList();
                    return cluster.resolve(List.of(LEASES))
                            .thenCompose(_ -> cluster.objects(leases))
                            .thenCompose(objects -> retire(unused(leases, objects), 0));
                });
    }

    private List<Bytes> unused(List<LogEntry.Op> leases, List<StoredObject> objects) {
        long now = cluster.loop().nowNanos();
        Map<Bytes, Long> before = Map.copyOf(unusedSinceNanos);
        unusedSinceNanos.clear();
        List<Bytes> unused = new ArrayList<>();
        for (int i = 0; i < leases.size(); i++) {
            if (!objects.get(i).isLive()) {
                Bytes name = leases.get(i).key();
                long since = before.getOrDefault(name, now);
                unusedSinceNanos.put(name.compact(), since);
                if (now - since >= Sweeper.AGE.toNanos()) {
                    unused.add(name);
                }
            }
        }
        return unused;
    }

    private CompletableFuture<Integer> retire(List<Bytes> names, int before) {
        return names.isEmpty()
                ? CompletableFuture.completedFuture(before)
                : LogSession.retire(cluster, names.getFirst())
                        .thenCompose(done ->
                                retire(names.subList(1, names.size()), before + (done ? 1 : 0)));
    }
}
