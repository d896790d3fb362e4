package org.edgeplex.state.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.StoreException;

/// A place in the log of changes. A poll is one round trip, more when there is much.
final class RedisChangeCursor implements ChangeCursor {
    private static final int ENTRIES_MAX = 128;

    private final RedisStateStore store;

    /// Read from the log and not asked for yet: entries are read as a whole.
    private final Deque<Change> ahead = new ArrayDeque<>();

    private long sequence;

    RedisChangeCursor(RedisStateStore store) {
        this.store = store;
        this.sequence = await(store.lastSequence());
    }

    @Override
    public Poll poll(int max) {
        while (ahead.size() < max) {
            // In this order: what the counter has counted is in the log by then.
            CompletableFuture<Long> counted = store.lastSequence();
            CompletableFuture<Layout.LogPart> log = store.changesAfter(sequence, ENTRIES_MAX);
            long last = await(counted);
            Layout.LogPart part = await(log);
            if (part.hasGap() || last < sequence || part.changes().isEmpty() && last > sequence) {
                ahead.clear();
                sequence = last;
                return new Poll.Lost();
            }
            if (part.changes().isEmpty()) {
                break;
            }
            ahead.addAll(part.changes());
            sequence = part.last();
        }
        List<Change> changes = new ArrayList<>(Math.min(max, ahead.size()));
        while (changes.size() < max && !ahead.isEmpty()) {
            changes.add(ahead.remove());
        }
        return new Poll.Changes(changes);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
