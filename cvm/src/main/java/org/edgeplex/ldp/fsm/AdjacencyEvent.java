package org.edgeplex.ldp.fsm;

/// Inputs to the hello adjacency machine.
public sealed interface AdjacencyEvent {
    /// A Hello with the transport address known so far, or the first one. The hold time is the
    /// negotiated one, `AdjacencyFsm.HOLD_FOREVER` if it never expires.
    record HelloReceived(int holdTimeSeconds) implements AdjacencyEvent {}

    /// A Hello of the same LSR with another transport address: it moved or was reconfigured.
    record HelloMoved(int holdTimeSeconds) implements AdjacencyEvent {}

    record HoldTimerExpired() implements AdjacencyEvent {}

    /// We stop listening on the link.
    record LinkStopped() implements AdjacencyEvent {}
}
