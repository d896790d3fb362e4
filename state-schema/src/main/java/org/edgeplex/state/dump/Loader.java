package org.edgeplex.state.dump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Life;

/// Loads a dump into a store of any engine: its objects are written in batches. What is there
/// already with the same bytes is not written again, so that a load that was interrupted goes on
/// where it was when it is run again with [LoadMode#MERGE]. What [LoadMode#REPLACE] replaces is
/// removed first.
public final class Loader {
    /// A heart that did not beat for so long does not beat.
    public static final Duration LISTENING = Life.HEARTBEAT_INTERVAL.multipliedBy(5);

    private static final int BATCH_WRITES_MAX = 500;
    private static final long BATCH_BYTES_MAX = 1L << 20;

    private final StateStore store;
    private final Duration timeout;
    private final LongConsumer progress;
    private final StoreScan scan;
    private final LeaseLoader leases;
    private final List<DumpLine.Item> batch = new ArrayList<>();
    private long batchBytes;
    private long records;
    private long written;

    /// @param progress told now and then how many objects of the dump it has been
    public Loader(StateStore store, Duration timeout, LongConsumer progress) {
        this.store = store;
        this.timeout = timeout;
        this.progress = progress;
        this.scan = new StoreScan(store, timeout);
        this.leases = new LeaseLoader(store, timeout);
    }

    /// What became of a dump.
    ///
    /// @param records of the dump
    /// @param written of them; the others were there
    /// @param leasesNotAsDumped because their holders had a later life
    /// @param hash of the store, read when all was written
    /// @param dumpHash of the dump's lines; the same unless the store held other things, or a line
    ///   came twice
    public record Result(
            long records, long written, long leasesNotAsDumped, String hash, String dumpHash) {}

    /// Fails with [StoreException] for a store that may not be loaded into, having changed nothing.
    ///
    /// @param listening how long to listen for the heartbeat of programs that use the store
    public Result load(CheckedDump dump, LoadMode mode, Duration listening) throws IOException {
        if (!isEmpty()) {
            checkMayChange(mode);
            checkNobodyLives(listening);
        }
        try {
            write(dump, mode);
        } catch (StoreException e) {
            // What is to be removed may be there still, which a merge would leave.
            String again = mode == LoadMode.REPLACE ? "--replace" : "--merge";
            throw new StoreException(
                    "the load stopped half-way: %s. Run it again with %s"
                            .formatted(e.getMessage(), again),
                    e);
        }
        return new Result(
                records,
                written + leases.written(),
                leases.notAsDumped(),
                scan.hash().toString(),
                dump.hash().toString());
    }

    private void write(CheckedDump dump, LoadMode mode) throws IOException {
        if (mode == LoadMode.REPLACE) {
            removeAllButLeases();
            written = 0;
        }
        dump.forEach(this::item);
        flush();
        leases.finish(mode == LoadMode.REPLACE);
    }

    static String text(Bytes key) {
        return new String(key.toArray(), StandardCharsets.UTF_8);
    }

    private boolean isEmpty() {
        for (TableId table : scan.tables()) {
            for (var page : scan.pages(table)) {
                if (!page.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void checkMayChange(LoadMode mode) {
        if (mode == LoadMode.INTO_EMPTY) {
            throw new StoreException(
                    "the store is not empty: --merge puts the dump over what is there (and goes on"
                            + " with a load that was interrupted), --replace removes the rest");
        }
    }

    private void checkNobodyLives(Duration listening) {
        Map<Bytes, Bytes> before = leasesNow();
        if (before.isEmpty()) {
            return;
        }
        long endNanos = System.nanoTime() + listening.toNanos();
        for (long left; (left = endNanos - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
        leasesNow()
                .forEach((holder, lease) -> {
                    if (!lease.equals(before.get(holder))) {
                        throw new StoreException(
                                "%s lives in this store: end all its programs first"
                                        .formatted(text(holder)));
                    }
                });
    }

    private Map<Bytes, Bytes> leasesNow() {
        Map<Bytes, Bytes> found = new HashMap<>();
        scan.forEach(Tables.LEASES.id(), entry -> found.put(entry.key(), entry.value()));
        return found;
    }

    private void removeAllButLeases() {
        for (TableId table : scan.tables()) {
            if (!table.equals(Tables.LEASES.id())) {
                for (var page : scan.pages(table)) {
                    apply(
                            page.stream()
                                    .<Write>map(entry ->
                                            new Write.Remove(
                                                    table,
                                                    entry.key(),
                                                    Expect.ANY,
                                                    Incarnation.UNFENCED))
                                    .toList());
                }
            }
        }
    }

    private void item(DumpLine.Item item) {
        records++;
        if (item.table().equals(Tables.LEASES.id())) {
            leases.load(item.key(), item.value());
            return;
        }
        if (!batch.isEmpty()
                && (batch.size() == BATCH_WRITES_MAX
                        || batchBytes >= BATCH_BYTES_MAX
                        || !batch.getFirst().table().equals(item.table()))) {
            flush();
        }
        batch.add(item);
        batchBytes += item.value().length();
    }

    private void flush() {
        if (!batch.isEmpty()) {
            TableId table = batch.getFirst().table();
            List<Bytes> keys = batch.stream().map(DumpLine.Item::key).toList();
            List<Lookup> there = StoreScan.await(store.getAll(table, keys, timeout));
            apply(
                    IntStream.range(0, batch.size())
                            .filter(i -> !isThere(there.get(i), batch.get(i).value()))
                            .<Write>mapToObj(i -> put(batch.get(i)))
                            .toList());
        }
        batch.clear();
        batchBytes = 0;
        progress.accept(records);
    }

    private static boolean isThere(Lookup found, Bytes value) {
        return found instanceof Lookup.Found(Bytes there, _) && there.equals(value);
    }

    private static Write put(DumpLine.Item item) {
        return new Write.Put(
                item.table(), item.key(), item.value(), Expect.ANY, Incarnation.UNFENCED);
    }

    private void apply(List<Write> writes) {
        if (writes.isEmpty()) {
            return;
        }
        for (WriteOutcome outcome : StoreScan.await(store.write(writes, timeout))) {
            switch (outcome) {
                case WriteOutcome.Written(_) -> written++;
                case WriteOutcome.Unknown(String reason) ->
                        throw new StoreException("the store did not confirm a write: " + reason);
                case WriteOutcome.Conflict(_), WriteOutcome.Fenced(_) ->
                        throw new IllegalStateException("an unconditional write was refused");
            }
        }
    }
}
