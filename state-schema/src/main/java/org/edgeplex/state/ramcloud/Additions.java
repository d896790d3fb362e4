package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.WriteOutcome;

/// Additions to one counter that wait together: they are done as one, and each caller is told the
/// sum that it would have seen in its turn. Used on the loop.
final class Additions implements Operation.Waiter {
    private final Operation operation;
    private final List<Caller> callers = new ArrayList<>();

    private record Caller(long delta, CompletableFuture<Long> result, EventLoop.Timer timer) {}

    Additions(TableId table, Bytes key) {
        this.operation = Operation.add(table, key, this);
    }

    Operation operation() {
        return operation;
    }

    /// One more, as long as the operation was not begun.
    CompletableFuture<Long> join(long delta, EventLoop loop, Duration timeout) {
        operation.increase(delta);
        CompletableFuture<Long> result = new CompletableFuture<>();
        EventLoop.Timer timer =
                loop.schedule(
                        timeout,
                        () ->
                                result.completeExceptionally(
                                        RamcloudStateStore.overdue("an addition", timeout)));
        callers.add(new Caller(delta, result, timer));
        return result;
    }

    @Override
    public void answered(int index, WriteOutcome outcome) {
        if (!(outcome instanceof WriteOutcome.Written)) {
            failed(new StoreException("an addition that may be done or not: " + outcome));
            return;
        }
        long sum = operation.sum() - callers.stream().mapToLong(Caller::delta).sum();
        for (Caller caller : callers) {
            sum += caller.delta;
            caller.timer.cancel();
            caller.result.complete(sum);
        }
    }

    @Override
    public void failed(StoreException failure) {
        for (Caller caller : callers) {
            caller.timer.cancel();
            caller.result.completeExceptionally(failure);
        }
    }

    @Override
    public boolean isOver() {
        return callers.stream().allMatch(caller -> caller.result.isDone());
    }
}
