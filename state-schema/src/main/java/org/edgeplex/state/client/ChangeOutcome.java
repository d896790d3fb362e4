package org.edgeplex.state.client;

import org.edgeplex.state.WriteOutcome;

/// What became of one write of a [TableClient].
public sealed interface ChangeOutcome {
    /// What the store says.
    record Decided(WriteOutcome outcome) implements ChangeOutcome {}

    /// Too much is not yet answered: nothing was sent.
    record Busy() implements ChangeOutcome {}

    default boolean isWritten() {
        return this instanceof Decided(WriteOutcome.Written _);
    }

    default boolean isFenced() {
        return this instanceof Decided(WriteOutcome.Fenced _);
    }

    default boolean isConflict() {
        return this instanceof Decided(WriteOutcome.Conflict _);
    }
}
