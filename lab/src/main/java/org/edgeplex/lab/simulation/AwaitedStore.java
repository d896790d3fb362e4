package org.edgeplex.lab.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.StateStore;

/// A store whose answers are there when a call returns: meanwhile the caller's strand gives way. So
/// code that blocks runs in virtual time as it is.
final class AwaitedStore extends DelegatingStore {
    private final SimProcess process;

    AwaitedStore(StateStore store, SimProcess process) {
        super(store);
        this.process = process;
    }

    @Override
    protected <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
        return process.await(request.get());
    }
}
