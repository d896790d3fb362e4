package org.edgeplex.state.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.jspecify.annotations.Nullable;

/// Writes that a user gave together. They may be sent apart, in order.
final class WriteCall extends Call {
    final List<Write> writes;

    /// Whether they are additions to counters: puts whose value is what to add.
    final boolean adds;

    private final CompletableFuture<List<WriteOutcome>> future;
    private final @Nullable WriteOutcome[] outcomes;
    private int left;
    private @Nullable StoreException failure;

    WriteCall(
            long deadlineNanos,
            int cost,
            List<Write> writes,
            boolean adds,
            CompletableFuture<List<WriteOutcome>> future) {
        super(deadlineNanos, cost);
        this.writes = writes;
        this.adds = adds;
        this.future = future;
        this.outcomes = new @Nullable WriteOutcome[writes.size()];
        this.left = writes.size();
    }

    /// What became of one write.
    void outcome(int index, char kind, long number) {
        switch (kind) {
            case Outcomes.WRITTEN -> outcome(index, new WriteOutcome.Written(number));
            case Outcomes.CONFLICT -> outcome(index, new WriteOutcome.Conflict(number));
            case Outcomes.FENCED -> outcome(index, new WriteOutcome.Fenced(number));
            case Outcomes.DAMAGED_LEASE ->
                    fail(
                            new DamagedRecordException(
                                    "table leases, key %s: damaged record: shorter than its epoch"
                                            .formatted(
                                                    Bytes.utf8(
                                                            writes.get(index).writer().holder()))));
            case Outcomes.NO_COUNTER -> {
                Write write = writes.get(index);
                fail(
                        new DamagedRecordException(
                                "table %s, key %s: not a counter: %d octets instead of 8"
                                        .formatted(write.table(), write.key(), number)));
            }
            default -> fail(new StoreException("the script answered with an outcome " + kind));
        }
    }

    void unknown(int index, String why) {
        outcome(index, new WriteOutcome.Unknown(why));
    }

    private void outcome(int index, WriteOutcome outcome) {
        if (outcomes[index] == null) {
            outcomes[index] = outcome;
            left--;
        }
    }

    @Override
    CompletableFuture<?> future() {
        return future;
    }

    @Override
    boolean isOver() {
        return left == 0 || failure != null;
    }

    @Override
    void giveUp(String why) {
        for (int i = 0; i < outcomes.length; i++) {
            unknown(i, why);
        }
    }

    @Override
    void fail(StoreException e) {
        if (failure == null) {
            failure = e;
        }
    }

    @Override
    void finish() {
        if (failure != null) {
            future.completeExceptionally(failure);
            return;
        }
        List<WriteOutcome> all = new ArrayList<>(outcomes.length);
        for (WriteOutcome outcome : outcomes) {
            if (outcome == null) {
                throw new IllegalStateException("finished without an outcome");
            }
            all.add(outcome);
        }
        future.complete(all);
    }
}
