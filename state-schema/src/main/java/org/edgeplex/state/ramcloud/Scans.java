package org.edgeplex.state.ramcloud;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;

/// Scans by the cluster's enumeration, which has pages of its own size: what a page has beyond the
/// wanted is kept until it is asked for. Used on the loop.
final class Scans {
    /// Scans whose rest is kept; of one more, the oldest must begin again.
    private static final int KEPT_MAX = 64;

    private static final int PASSED = 0;
    private static final int KEPT = 1;

    private final Cluster cluster;
    private final Map<Long, ScanPage> kept = new LinkedHashMap<>();
    private long lastKept;

    Scans(Cluster cluster) {
        this.cluster = cluster;
    }

    CompletableFuture<ScanPage> scan(TableId table, Bytes prefix, Bytes resume, int limit) {
        if (resume.isEmpty()) {
            return enumerate(table, prefix, Bytes.EMPTY, limit);
        }
        RecordReader in = new RecordReader(resume);
        if (in.u8() == PASSED) {
            return enumerate(table, prefix, in.raw(in.remaining()), limit);
        }
        ScanPage rest = kept.remove(in.i64());
        if (rest == null) {
            throw new StoreException(
                    "a scan of %s was left for %d others: begin again".formatted(table, KEPT_MAX));
        }
        return CompletableFuture.completedFuture(page(rest, limit));
    }

    private CompletableFuture<ScanPage> enumerate(
            TableId table, Bytes prefix, Bytes resume, int limit) {
        return cluster.enumerate(table.number(), resume)
                .thenApply(page -> {
                    List<ScanPage.Entry> entries = new ArrayList<>();
                    for (ScanPage.Entry entry : page.entries()) {
                        if (entry.key().startsWith(prefix)) {
                            Lookup raw = new Lookup.Found(entry.value(), entry.version());
                            StoredObject object = StoredObject.of(table.name(), entry.key(), raw);
                            if (object.isLive()) {
                                entries.add(
                                        new ScanPage.Entry(
                                                entry.key(), object.value(), object.liveVersion()));
                            }
                        }
                    }
                    return page(new ScanPage(entries, page.resume()), limit);
                });
    }

    /// The first entries of a page, whose place in the cluster's enumeration is behind its last.
    private ScanPage page(ScanPage all, int limit) {
        if (all.entries().size() <= limit) {
            Bytes resume =
                    all.isLast()
                            ? Bytes.EMPTY
                            : new RecordWriter().u8(PASSED).raw(all.resume()).toBytes();
            return new ScanPage(all.entries(), resume);
        }
        long id = ++lastKept;
        int size = all.entries().size();
        kept.put(id, new ScanPage(all.entries().subList(limit, size), all.resume()));
        if (kept.size() > KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        return new ScanPage(
                List.copyOf(all.entries().subList(0, limit)),
                new RecordWriter().u8(KEPT).i64(id).toBytes());
    }
}
