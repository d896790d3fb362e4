package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.WriteOutcome;

/// One caller's addition. Used on the loop.
final class Addition implements Operation.Waiter {
    private final Operation operation;
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private EventLoop.Timer timer = () -> {};

    Addition(TableId table, Bytes key, long delta) {
        this.operation = Operation.add(table, key, delta, this);
    }

    CompletableFuture<Long> result() {
        return result;
    }

    void start(EventLoop loop, Duration timeout, LogWriter writer) {
        timer =
                loop.schedule(
                        timeout,
                        () ->
                                result.completeExceptionally(
                                        RamcloudStateStore.overdue("an addition", timeout)));
        writer.submit(List.of(operation));
    }

    @Override
    public void answered(int index, WriteOutcome outcome) {
        timer.cancel();
        if (outcome instanceof WriteOutcome.Written) {
            result.complete(operation.sum());
        } else {
            result.completeExceptionally(
                    new StoreException("an addition that may be done or not: " + outcome));
        }
    }

    @Override
    public void failed(StoreException failure) {
        timer.cancel();
        result.completeExceptionally(failure);
    }

    @Override
    public boolean isOver() {
        return result.isDone();
    }
}
