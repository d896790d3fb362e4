package org.edgeplex.state.history;

import java.util.List;
import java.util.stream.Collectors;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.TableId;

/// What the checker found about a history.
public sealed interface Verdict {
    /// There is an order that explains every answer.
    record Linearizable() implements Verdict {}

    /// There is none for this object.
    ///
    /// @param operations a part of the history that has no explanation by itself: it ends with the
    ///   first answer that cannot be explained, without the reads that it does not need
    /// @param explained the longest order that was found for some of them
    /// @param state the object behind that order
    /// @param refused those that had to come next, none of which could
    record Violation(
            TableId table,
            Bytes key,
            List<Operation> operations,
            List<Operation> explained,
            String state,
            List<Operation> refused)
            implements Verdict {
        public Violation {
            operations = List.copyOf(operations);
            explained = List.copyOf(explained);
            refused = List.copyOf(refused);
        }

        @Override
        public String toString() {
            return """
            table %s, key %s: no order of these explains all answers
            %s
            explained so far, in this order
            %s
            then it is %s, and none of these can follow
            %s\
            """
                    .formatted(
                            table, key, lines(operations), lines(explained), state, lines(refused));
        }

        private static String lines(List<Operation> operations) {
            return operations.stream()
                    .map(operation -> "  " + operation)
                    .collect(Collectors.joining("\n"));
        }
    }

    /// The search was given up: neither is known.
    record Undecided(TableId table, Bytes key, int tried) implements Verdict {}
}
