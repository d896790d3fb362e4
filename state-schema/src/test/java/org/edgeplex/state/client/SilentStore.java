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

/// Never answers a read, and confirms no write.
final class SilentStore implements StateStore {
    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return CompletableFuture.completedFuture(
                writes.stream()
                        .<WriteOutcome>map(_ -> new WriteOutcome.Unknown("no answer"))
                        .toList());
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes after, int limit, Duration timeout) {
        return new CompletableFuture<>();
    }

    @Override
    public ChangeCursor changes() {
        return _ -> new ChangeCursor.Poll.Changes(List.of());
    }

    @Override
    public void close() {}
}
