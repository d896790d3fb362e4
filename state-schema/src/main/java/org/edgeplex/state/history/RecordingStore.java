package org.edgeplex.state.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// A store that writes down what is asked of it and answered. Scans and changes are not written
/// down: they promise nothing about one moment.
public final class RecordingStore extends DelegatingStore {
    private static final WriteOutcome NO_ANSWER = new WriteOutcome.Unknown("no answer");

    private final History history;
    private final String by;

    /// @param by who uses it: threads of one name are not told apart
    public RecordingStore(StateStore store, History history, String by) {
        super(store);
        this.history = history;
        this.by = by;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        History.Open read = beginRead(table, key);
        return store.get(table, key, timeout)
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        read.answer(new Call.Read(table, key, answer));
                    } else {
                        read.drop();
                    }
                });
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        List<History.Open> reads = keys.stream().map(key -> beginRead(table, key)).toList();
        return store.getAll(table, keys, timeout)
                .whenComplete((answers, failure) -> {
                    for (int i = 0; i < keys.size(); i++) {
                        if (failure == null) {
                            reads.get(i).answer(new Call.Read(table, keys.get(i), answers.get(i)));
                        } else {
                            reads.get(i).drop();
                        }
                    }
                });
    }

    private History.Open beginRead(TableId table, Bytes key) {
        return history.begin(by, new Call.Read(table, key, Lookup.ABSENT));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        List<History.Open> calls = new ArrayList<>();
        for (Write write : writes) {
            calls.add(history.begin(by, new Call.Wrote(write, NO_ANSWER)));
        }
        return store.write(writes, timeout)
                .whenComplete((outcomes, failure) -> {
                    for (int i = 0; i < calls.size(); i++) {
                        WriteOutcome outcome = failure == null ? outcomes.get(i) : NO_ANSWER;
                        calls.get(i).answer(new Call.Wrote(writes.get(i), outcome));
                    }
                });
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        History.Open call =
                history.begin(by, new Call.Added(table, key, delta, OptionalLong.empty()));
        return store.add(table, key, delta, timeout)
                .whenComplete((sum, failure) -> {
                    OptionalLong answer =
                            failure == null ? OptionalLong.of(sum) : OptionalLong.empty();
                    call.answer(new Call.Added(table, key, delta, answer));
                });
    }
}
