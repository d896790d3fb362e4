package org.edgeplex.state.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// Does every write and confirms none.
final class UnconfirmingStore extends DelegatingStore {
    UnconfirmingStore(StateStore engine) {
        super(engine);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return super.write(writes, timeout)
                .thenApply(done ->
                        done.stream()
                                .<WriteOutcome>map(_ -> new WriteOutcome.Unknown("lost"))
                                .toList());
    }

    @Override
    public void close() {}
}
