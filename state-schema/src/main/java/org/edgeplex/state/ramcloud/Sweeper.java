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
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;

/// Removes the tombstones of one table that this sweeper has seen unchanged for [#AGE].
///
/// No writer is endangered at any time: nothing is ever conditional on absence alone. The age is
/// for readers of changes, who take an object that is not there for one that nobody has changed.
/// Used on the loop.
final class Sweeper {
    /// How old a tombstone must have been seen to be, by the sweeper's own clock.
    static final Duration AGE = Duration.ofHours(1);

    private static final int SEEN_MAX = 100_000;

    private final Cluster cluster;
    private final int table;
    private final Map<Bytes, Seen> seen = new HashMap<>();

    private record Seen(long version, long sinceNanos) {}

    Sweeper(Cluster cluster, int table) {
        this.cluster = cluster;
        this.table = table;
    }

    /// Goes through the table once; returns how many tombstones went.
    CompletableFuture<Integer> sweep() {
        return cluster.resolve(List.of(table)).thenCompose(_ -> sweep(Bytes.EMPTY, 0));
    }

    private CompletableFuture<Integer> sweep(Bytes resume, int before) {
        return cluster.enumerate(table, resume)
                .thenCompose(page ->
                        remove(page)
                                .thenCompose(count ->
                                        page.isLast()
                                                ? CompletableFuture.completedFuture(before + count)
                                                : sweep(page.resume(), before + count)));
    }

    private CompletableFuture<Integer> remove(ScanPage page) {
        long now = cluster.loop().nowNanos();
        List<ObjectWrite> removals = new ArrayList<>();
        for (ScanPage.Entry entry : page.entries()) {
            StoredObject object =
                    StoredObject.of(
                            Integer.toString(table),
                            entry.key(),
                            new Lookup.Found(entry.value(), entry.version()));
            Seen before = seen.get(entry.key());
            if (object.isLive()) {
                seen.remove(entry.key());
            } else if (before == null || before.version != object.version()) {
                if (seen.size() < SEEN_MAX) {
                    seen.put(entry.key().compact(), new Seen(object.version(), now));
                }
            } else if (now - before.sinceNanos >= AGE.toNanos()) {
                seen.remove(entry.key());
                removals.add(
                        new ObjectWrite.Remove(
                                cluster.key(table, entry.key()),
                                new Expect.Version(object.version())));
            }
        }
        return cluster.write(removals)
                .thenApply(outcomes ->
                        (int)
                                outcomes.stream()
                                        .filter(o -> o instanceof WriteOutcome.Written)
                                        .count());
    }
}
