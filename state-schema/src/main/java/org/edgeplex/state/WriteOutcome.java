package org.edgeplex.state;

/// What became of one write. The caller must switch on it: a conflict is an answer, not an
/// accident.
public sealed interface WriteOutcome {
    /// Done, and as durable as the engine was told to be. A removal has version 0.
    record Written(long version) implements WriteOutcome {}

    /// The condition did not hold; nothing changed. Version 0: there is no such object.
    record Conflict(long currentVersion) implements WriteOutcome {}

    /// The writer's incarnation is not the current one; nothing changed. It must end.
    record Fenced(long currentEpoch) implements WriteOutcome {}

    /// The deadline passed: it may or may not have happened. Read again to decide.
    record Unknown(String reason) implements WriteOutcome {}
}
