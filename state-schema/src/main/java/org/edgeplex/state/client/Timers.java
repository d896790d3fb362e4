package org.edgeplex.state.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;

/// Durable timers: scheduled, moved and cancelled by any instance; [TimerOwner] fires them.
///
/// A timer is one object, so each of these is one conditional write.
public final class Timers {
    /// What became of a change of a timer.
    public enum Outcome {
        DONE,

        /// There is a timer of this name already, or it is too late: it is due and claimed, or
        /// gone.
        REFUSED,

        /// Too much is not yet answered, or somebody changed it at the same time: try again.
        BUSY,

        /// Not confirmed: read again to decide.
        UNKNOWN,

        /// Who asks has been fenced, and must end.
        FENCED
    }

    private final TableClient<TimerKey, ScheduledTimer> table;

    /// @param clients of the incarnation in whose name timers are scheduled
    public Timers(TableClients clients) {
        this.table = clients.table(Tables.TIMERS);
    }

    /// Schedules a timer that is not there yet.
    public CompletableFuture<Outcome> schedule(
            String id, long dueMillis, String action, Bytes argument) {
        ScheduledTimer timer = new ScheduledTimer(dueMillis, action, argument, 0);
        return table.putIfAbsent(TimerKey.of(id), timer).thenApply(Timers::outcome);
    }

    /// Moves a timer that is not yet due, earlier or later.
    public CompletableFuture<Outcome> reschedule(String id, long dueMillis) {
        return change(id, seen -> table.replace(seen, seen.value().dueAt(dueMillis)));
    }

    /// Forgets a timer that is not yet due.
    public CompletableFuture<Outcome> cancel(String id) {
        return change(id, table::remove);
    }

    private CompletableFuture<Outcome> change(
            String id,
            Function<Stored<TimerKey, ScheduledTimer>, CompletableFuture<ChangeOutcome>> change) {
        return table.get(TimerKey.of(id))
                .thenCompose(found ->
                        switch (found) {
                            case ReadOutcome.Found(Stored<TimerKey, ScheduledTimer> seen)
                                    when !seen.value().isClaimed() ->
                                    change.apply(seen)
                                            .thenApply(changed ->
                                                    changed.isConflict()
                                                            ? Outcome.BUSY
                                                            : outcome(changed));
                            case ReadOutcome.Busy() -> of(Outcome.BUSY);
                            case ReadOutcome.Found(_),
                                    ReadOutcome.Absent(),
                                    ReadOutcome.Damaged(_) ->
                                    of(Outcome.REFUSED);
                        });
    }

    private static Outcome outcome(ChangeOutcome changed) {
        return switch (changed) {
            case ChangeOutcome.Busy() -> Outcome.BUSY;
            case ChangeOutcome.Decided(WriteOutcome decided) ->
                    switch (decided) {
                        case WriteOutcome.Written(_) -> Outcome.DONE;
                        case WriteOutcome.Conflict(_) -> Outcome.REFUSED;
                        case WriteOutcome.Fenced(_) -> Outcome.FENCED;
                        case WriteOutcome.Unknown(_) -> Outcome.UNKNOWN;
                    };
        };
    }

    private static CompletableFuture<Outcome> of(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
