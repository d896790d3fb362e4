package org.edgeplex.controller.reconcile;

/// What became of a step.
sealed interface StepOutcome {
    record Done() implements StepOutcome {}

    /// Not done, or not known to be done: the next pass will see.
    record Failed(String reason) implements StepOutcome {}
}
