package org.edgeplex.state.client;

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

/// Does every write and confirms none.
final class UnconfirmingStore implements StateStore {
    private final StateStore engine;

    UnconfirmingStore(StateStore engine) {
        this.engine = engine;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return engine.get(table, key, timeout);
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return engine.getAll(table, keys, timeout);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return engine.write(writes, timeout)
                .thenApply(done ->
                        done.stream()
                                .<WriteOutcome>map(_ -> new WriteOutcome.Unknown("lost"))
                                .toList());
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return engine.add(table, key, delta, timeout);
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return engine.scan(table, prefix, resume, limit, timeout);
    }

    @Override
    public ChangeCursor changes() {
        return engine.changes();
    }

    @Override
    public void close() {}
}
