package org.edgeplex.ldp.fsm;

import org.edgeplex.ldp.wire.StatusCode;

/// Inputs to the session machine.
public sealed interface SessionEvent {
    /// The TCP connection stands, and we opened it: our transport address is the greater one.
    record ConnectedActive() implements SessionEvent {}

    /// The TCP connection stands, and the peer opened it.
    record ConnectedPassive() implements SessionEvent {}

    /// An Initialization whose proposals we can live with; both values are the negotiated ones.
    record InitializationAccepted(int keepAliveTimeSeconds, int maxPduLengthBytes)
            implements SessionEvent {}

    /// An Initialization that we must refuse.
    record InitializationRefused(StatusCode reason) implements SessionEvent {}

    record KeepAliveReceived() implements SessionEvent {}

    /// Any message that is neither Initialization, KeepAlive nor a fatal Notification.
    record OtherMessageReceived() implements SessionEvent {}

    /// A Notification with the E bit: Shutdown, or the refusal of what we sent.
    record FatalNotificationReceived(int statusCode) implements SessionEvent {}

    /// The peer broke the protocol so that the session cannot go on.
    record ProtocolErrorDetected(StatusCode reason) implements SessionEvent {}

    /// Nothing was received for the negotiated KeepAlive time, or for the handshake's.
    record HoldTimerExpired() implements SessionEvent {}

    /// Nothing was sent for a third of the negotiated KeepAlive time.
    record KeepAliveTimerExpired() implements SessionEvent {}

    /// The last hello adjacency with the peer is gone (section 2.5.5).
    record AdjacencyLost() implements SessionEvent {}

    /// We are told to stop.
    record Stop() implements SessionEvent {}

    /// TCP ended the connection.
    record ConnectionLost() implements SessionEvent {}
}
