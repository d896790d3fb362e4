package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// One caller's batch of writes: runs of the same log, one after the other. Used on the loop.
final class Submission implements Operation.Waiter {
    private static final WriteOutcome OVERDUE =
            new WriteOutcome.Unknown("not confirmed by the cluster in time");

    private final List<Write> writes;
    private final Function<Bytes, LogWriter> writers;
    private final List<WriteOutcome> outcomes;
    private final CompletableFuture<List<WriteOutcome>> result = new CompletableFuture<>();
    private int runEnd;
    private int unanswered;
    private EventLoop.Timer timer = () -> {};

    Submission(List<Write> writes, Function<Bytes, LogWriter> writers) {
        this.writes = writes;
        this.writers = writers;
        this.outcomes = new ArrayList<>(Collections.nCopies(writes.size(), OVERDUE));
    }

    CompletableFuture<List<WriteOutcome>> result() {
        return result;
    }

    void start(EventLoop loop, Duration timeout) {
        timer = loop.schedule(timeout, () -> result.complete(List.copyOf(outcomes)));
        nextRun();
    }

    private void nextRun() {
        if (runEnd == writes.size()) {
            timer.cancel();
            result.complete(List.copyOf(outcomes));
            return;
        }
        int start = runEnd;
        Bytes log = logOf(writes.get(start));
        List<Operation> run = new ArrayList<>();
        while (runEnd < writes.size() && logOf(writes.get(runEnd)).equals(log)) {
            run.add(Operation.of(writes.get(runEnd), this, runEnd));
            runEnd++;
        }
        unanswered = run.size();
        writers.apply(log).submit(run);
    }

    /// The log of the writer's holder; what nobody's life is needed for goes through one that all
    /// share, and a claim through the log of whom it fences.
    private static Bytes logOf(Write write) {
        Incarnation writer = write.writer();
        if (writer.isFenced()) {
            return Bytes.utf8(writer.holder());
        }
        return write.table().equals(Tables.LEASES.id()) ? write.key() : Bytes.EMPTY;
    }

    @Override
    public void answered(int index, WriteOutcome outcome) {
        if (isOver()) {
            return;
        }
        outcomes.set(index, outcome);
        unanswered--;
        if (unanswered == 0) {
            nextRun();
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
