package org.edgeplex.state.history;

import java.util.OptionalLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// What was asked of one object, and what was answered.
public sealed interface Call {
    TableId table();

    Bytes key();

    /// Whether the answer says what happened. Otherwise the call may have had its effect at any
    /// time after it began, or never.
    boolean isAnswered();

    /// In whose name it was.
    Incarnation writer();

    record Read(TableId table, Bytes key, Lookup answer) implements Call {
        @Override
        public boolean isAnswered() {
            return true;
        }

        @Override
        public Incarnation writer() {
            return Incarnation.UNFENCED;
        }

        @Override
        public String toString() {
            return "read -> "
                    + switch (answer) {
                        case Lookup.Absent() -> "absent";
                        case Lookup.Found(Bytes value, long version) -> value + " v" + version;
                    };
        }
    }

    record Wrote(Write write, WriteOutcome outcome) implements Call {
        @Override
        public TableId table() {
            return write.table();
        }

        @Override
        public Bytes key() {
            return write.key();
        }

        @Override
        public boolean isAnswered() {
            return !(outcome instanceof WriteOutcome.Unknown);
        }

        @Override
        public Incarnation writer() {
            return write.writer();
        }

        @Override
        public String toString() {
            String asked =
                    switch (write) {
                        case Write.Put put -> "put " + put.value();
                        case Write.Remove _ -> "remove";
                    };
            return "%s if %s by %s -> %s".formatted(asked, write.expect(), write.writer(), outcome);
        }
    }

    /// An addition to a counter.
    ///
    /// @param sum empty: not known whether it happened
    record Added(TableId table, Bytes key, long delta, OptionalLong sum) implements Call {
        @Override
        public boolean isAnswered() {
            return sum.isPresent();
        }

        @Override
        public Incarnation writer() {
            return Incarnation.UNFENCED;
        }

        @Override
        public String toString() {
            return "add " + delta + " -> " + (sum.isPresent() ? sum.getAsLong() : "unknown");
        }
    }
}
