package org.edgeplex.ldp.fsm;

import org.edgeplex.ldp.wire.StatusCode;

/// What the session machine wants done, in order.
public sealed interface SessionAction {
    record SendInitialization() implements SessionAction {}

    record SendKeepAlive() implements SessionAction {}

    record SendNotification(StatusCode status) implements SessionAction {}

    /// Expire unless something is received for so long; replaces the running one.
    record StartHoldTimer(int seconds) implements SessionAction {}

    /// The negotiated parameters hold from here on; also starts the timer of our own KeepAlives.
    record Negotiated(int keepAliveTimeSeconds, int maxPduLengthBytes) implements SessionAction {}

    /// Something was received: the hold timer starts over.
    record RestartHoldTimer() implements SessionAction {}

    /// Hand the message over: only in OPERATIONAL.
    record Deliver() implements SessionAction {}

    record ReportUp() implements SessionAction {}

    /// Closes the connection after what was sent; a session that was OPERATIONAL is reported down.
    record Close(SessionDownReason reason) implements SessionAction {}
}
