package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// A store whose answers are there when a call returns: meanwhile the caller's strand gives way. So
/// code that blocks runs in virtual time as it is.
final class AwaitedStore implements StateStore {
    private final StateStore store;
    private final SimProcess process;

    AwaitedStore(StateStore store, SimProcess process) {
        this.store = store;
        this.process = process;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return process.await(store.get(table, key, timeout));
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return process.await(store.getAll(table, keys, timeout));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return process.await(store.write(writes, timeout));
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return process.await(store.add(table, key, delta, timeout));
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return process.await(store.scan(table, prefix, resume, limit, timeout));
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
