package org.edgeplex.pvm;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;

/// A store in memory that counts batches of customer routes, and holds them up while it is shut.
final class GatedStore implements StateStore {
    private final StateStore store = new MemoryStateStore();
    private final AtomicInteger batches = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    int batches() {
        return batches.get();
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        if (writes.getFirst().table().equals(Tables.CUSTOMER_ROUTES.id())) {
            batches.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return store.write(writes, timeout);
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return store.get(table, key, timeout);
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return store.getAll(table, keys, timeout);
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return store.add(table, key, delta, timeout);
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return store.scan(table, prefix, resume, limit, timeout);
    }

    @Override
    public ChangeCursor changes() {
        return store.changes();
    }

    @Override
    public void close() {
        store.close();
    }
}
