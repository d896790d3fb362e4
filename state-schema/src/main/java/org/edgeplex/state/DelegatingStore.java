package org.edgeplex.state;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Another store, with one thing changed about it: of an operation, or of all in [#ask].
public abstract class DelegatingStore implements StateStore {
    protected final StateStore store;

    protected DelegatingStore(StateStore store) {
        this.store = store;
    }

    /// Every request to the other store comes through here.
    protected <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
        return request.get();
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return ask(() -> store.get(table, key, timeout));
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return ask(() -> store.getAll(table, keys, timeout));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return ask(() -> store.write(writes, timeout));
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return ask(() -> store.add(table, key, delta, timeout));
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return ask(() -> store.scan(table, prefix, resume, limit, timeout));
    }

    @Override
    public CompletableFuture<List<TableId>> tables(Duration timeout) {
        return ask(() -> store.tables(timeout));
    }

    @Override
    public CompletableFuture<Map<String, Long>> figures(Duration timeout) {
        return ask(() -> store.figures(timeout));
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
