package org.edgeplex.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.StateStore;

/// The store's own side: an engine whose operations are done when they return, its log of changes,
/// and who looks on.
final class StoreServer {
    private static final int DRAINED = 1_000;

    private final StateStore engine;
    private final ChangeCursor drain;
    private final int changesKept;
    private final List<Change> changes = new ArrayList<>();
    private final List<Consumer<Change>> observers = new ArrayList<>();
    private long firstKept;

    /// Part of the log.
    ///
    /// @param next where the next part begins
    record Part(boolean isLost, List<Change> changes, long next) {}

    StoreServer(StateStore engine, int changesKept) {
        this.engine = engine;
        this.drain = engine.changes();
        this.changesKept = changesKept;
    }

    /// What is stored, for checks: to read it is no event.
    StateStore engine() {
        return engine;
    }

    /// Is told of every change, right behind it.
    void observe(Consumer<Change> observer) {
        observers.add(observer);
    }

    <T> CompletableFuture<T> carryOut(Function<StateStore, CompletableFuture<T>> call) {
        CompletableFuture<T> answer = call.apply(engine);
        if (!answer.isDone()) {
            throw new IllegalStateException("this engine does not answer at once");
        }
        drain();
        return answer;
    }

    long present() {
        return firstKept + changes.size();
    }

    Part changesFrom(long place, int max) {
        if (place < firstKept) {
            return new Part(true, List.of(), present());
        }
        int from = (int) (place - firstKept);
        int to = Math.min(changes.size(), from + max);
        return new Part(false, List.copyOf(changes.subList(from, to)), firstKept + to);
    }

    private void drain() {
        if (drain.poll(DRAINED) instanceof ChangeCursor.Poll.Changes(List<Change> fresh)) {
            changes.addAll(fresh);
            fresh.forEach(change -> observers.forEach(each -> each.accept(change)));
        }
        int over = changes.size() - changesKept;
        if (over > 0) {
            changes.subList(0, over).clear();
            firstKept += over;
        }
    }
}
