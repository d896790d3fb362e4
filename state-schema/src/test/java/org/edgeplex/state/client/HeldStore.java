package org.edgeplex.state.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;

/// A store that answers a request when the test says so, and does it only then.
final class HeldStore extends DelegatingStore {
    /// A request that waits: its size, and whether it writes.
    record Held(String what, int size, Runnable answer) {}

    final ArrayDeque<Held> held = new ArrayDeque<>();
    boolean holds = true;

    HeldStore() {
        super(new MemoryStateStore());
    }

    /// What is behind it, which holds nothing up.
    StateStore memory() {
        return store;
    }

    /// Answers the request that has waited longest.
    Held answerOne() {
        Held first = held.remove();
        first.answer.run();
        return first;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return hold("get", 1, () -> super.get(table, key, timeout));
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return hold("getAll " + table, keys.size(), () -> super.getAll(table, keys, timeout));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return hold("write", writes.size(), () -> super.write(writes, timeout));
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return hold("add", 1, () -> super.add(table, key, delta, timeout));
    }

    private <T> CompletableFuture<T> hold(
            String what, int size, Supplier<CompletableFuture<T>> request) {
        if (!holds) {
            return request.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        held.add(new Held(what, size, () -> answer.complete(request.get().join())));
        return answer;
    }
}
