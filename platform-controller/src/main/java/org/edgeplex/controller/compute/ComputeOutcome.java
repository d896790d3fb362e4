package org.edgeplex.controller.compute;

/// What became of a request to a host: the caller must look.
public sealed interface ComputeOutcome<T> {
    record Done<T>(T value) implements ComputeOutcome<T> {}

    /// It is not so, for this reason; what was done of it may be done again.
    record Failed<T>(String reason) implements ComputeOutcome<T> {}
}
