package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// A process's end of the store: each call is a message, and has a timeout.
final class SimStore implements StateStore {
    private final SimProcess process;
    private final Network network;
    private final StoreServer server;

    SimStore(SimProcess process, Network network, StoreServer server) {
        this.process = process;
        this.network = network;
        this.server = server;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return call(store -> store.get(table, key, timeout), timeout);
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return call(store -> store.getAll(table, keys, timeout), timeout);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        WriteOutcome unknown = new WriteOutcome.Unknown("no answer in time");
        return call(store -> store.write(writes, timeout), timeout)
                .exceptionally(_ -> writes.stream().map(_ -> unknown).toList());
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return call(store -> store.add(table, key, delta, timeout), timeout);
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return call(store -> store.scan(table, prefix, resume, limit, timeout), timeout);
    }

    /// What the engine made of a call: done, or failed.
    private record CarriedOut<T>(CompletableFuture<T> result) {}

    private <T> CompletableFuture<T> call(
            Function<StateStore, CompletableFuture<T>> call, Duration timeout) {
        return ask(() -> new CarriedOut<>(server.carryOut(call)), timeout)
                .thenCompose(CarriedOut::result);
    }

    private <T> CompletableFuture<T> ask(Supplier<T> request, Duration timeout) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        network.ask(process, request, answer);
        process.loop()
                .schedule(
                        timeout,
                        () ->
                                answer.completeExceptionally(
                                        new StoreException("no answer in " + timeout)));
        return answer;
    }

    /// Waits for the store: it is the store's place that counts.
    @Override
    public ChangeCursor changes() {
        CompletableFuture<Long> place = process.await(ask(server::present, SimProcess.TIMEOUT));
        if (place.isCompletedExceptionally()) {
            throw new StoreException("the store does not say where its changes are");
        }
        return new Cursor(place.join());
    }

    @Override
    public void close() {}

    private final class Cursor implements ChangeCursor {
        private long place;

        Cursor(long place) {
            this.place = place;
        }

        @Override
        public Poll poll(int max) {
            long from = place;
            CompletableFuture<StoreServer.Part> answer =
                    process.await(ask(() -> server.changesFrom(from, max), SimProcess.TIMEOUT));
            if (answer.isCompletedExceptionally()) {
                // The place is where it was: the next poll asks again.
                return new Poll.Changes(List.of());
            }
            StoreServer.Part part = answer.join();
            place = part.next();
            return part.isLost() ? new Poll.Lost() : new Poll.Changes(part.changes());
        }
    }
}
