package org.edgeplex.bgp.fsm;

import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Message;

/// What the session has to do after a transition, in the order given.
public sealed interface Action {
    /// Opens a TCP connection to the peer.
    record Connect() implements Action {}

    /// Closes the TCP connection, or gives up the attempt at one.
    record DropConnection() implements Action {}

    record SendOpen() implements Action {}

    record SendKeepalive() implements Action {}

    /// The last thing sent on this connection.
    record SendNotification(Message.Notification notification) implements Action {}

    /// Starts the timer afresh, with jitter (RFC 4271, section 10).
    record StartConnectRetryTimer() implements Action {}

    record StopConnectRetryTimer() implements Action {}

    /// The rest in Idle after an error, before the next start.
    record StartIdleHoldTimer() implements Action {}

    /// With the time that holds from now on.
    record StartHoldTimer(int holdTimeSeconds) implements Action {}

    record RestartHoldTimer() implements Action {}

    record StartKeepaliveTimer(int keepaliveSeconds) implements Action {}

    record RestartKeepaliveTimer() implements Action {}

    record StartSendHoldTimer(int sendHoldSeconds) implements Action {}

    /// Stops every timer of this machine.
    record StopAllTimers() implements Action {}

    record IncrementConnectRetryCounter() implements Action {}

    record ResetConnectRetryCounter() implements Action {}

    /// The session is up.
    record DeliverEstablished() implements Action {}

    record DeliverUpdate(Message.Update update) implements Action {}

    record DeliverRouteRefresh(AddressFamily family) implements Action {}

    /// The session was up, and is not any more.
    record DeliverDown() implements Action {}
}
