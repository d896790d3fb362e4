package org.edgeplex.state.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// What was asked of a store and answered, as it happened. Safe for use by several threads.
public final class History {
    private final List<Operation> ended = new ArrayList<>();
    private final Set<Open> open = new LinkedHashSet<>();
    private long clock;

    /// A call that runs.
    public final class Open {
        private final String by;
        private final Call unanswered;
        private final long invoked;

        private Open(String by, Call unanswered) {
            this.by = by;
            this.unanswered = unanswered;
            this.invoked = ++clock;
        }

        /// The answer has come, and nobody has been told yet.
        public void answer(Call answered) {
            synchronized (History.this) {
                if (open.remove(this)) {
                    long now = ++clock;
                    // What may still happen has not ended.
                    long returned = answered.isAnswered() ? now : Operation.NEVER;
                    ended.add(new Operation(by, answered, invoked, returned));
                }
            }
        }

        /// It says nothing about the store: a read without an answer.
        public void drop() {
            synchronized (History.this) {
                open.remove(this);
            }
        }
    }

    /// A call as it is known before its answer; empty when it can have had no effect.
    static Optional<Call> unanswered(Call call) {
        return switch (call) {
            case Call.Read _ -> Optional.empty();
            case Call.Wrote(Write write, WriteOutcome outcome) ->
                    switch (outcome) {
                        case WriteOutcome.Written _, WriteOutcome.Unknown _ ->
                                Optional.of(
                                        new Call.Wrote(write, new WriteOutcome.Unknown("none")));
                        case WriteOutcome.Conflict _, WriteOutcome.Fenced _ -> Optional.empty();
                    };
            case Call.Added added ->
                    Optional.of(
                            new Call.Added(
                                    added.table(),
                                    added.key(),
                                    added.delta(),
                                    OptionalLong.empty()));
        };
    }

    /// A call begins now.
    ///
    /// @param unanswered the call if no answer ever comes; a read then counts for nothing
    public synchronized Open begin(String by, Call unanswered) {
        Open call = new Open(by, unanswered);
        open.add(call);
        return call;
    }

    /// All operations that may have had an effect until now, by the time of their beginning.
    public synchronized List<Operation> operations() {
        List<Operation> all = new ArrayList<>(ended);
        for (Open each : open) {
            if (!(each.unanswered instanceof Call.Read)) {
                all.add(new Operation(each.by, each.unanswered, each.invoked, Operation.NEVER));
            }
        }
        all.sort((a, b) -> Long.compare(a.invoked(), b.invoked()));
        return all;
    }
}
