package org.edgeplex.state;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Another store, for tests that change one thing about it.
public abstract class DelegatingStore implements StateStore {
    protected final StateStore store;

    protected DelegatingStore(StateStore store) {
        this.store = store;
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
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return store.write(writes, timeout);
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
