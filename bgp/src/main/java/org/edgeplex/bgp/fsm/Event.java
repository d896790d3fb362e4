package org.edgeplex.bgp.fsm;

import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Message;

/// Inputs to the machine, numbered and named as in RFC 4271, section 8.1.
public sealed interface Event {
    /// Events 1 and 3 to 5, ManualStart and AutomaticStart; [Fsm#passive] says of which kind.
    record Start() implements Event {}

    /// Events 2 and 8, ManualStop and AutomaticStop, with the Cease to send.
    record Stop(Message.Notification cease) implements Event {}

    /// Event 9, ConnectRetryTimer_Expires.
    record ConnectRetryTimerExpires() implements Event {}

    /// Event 10, HoldTimer_Expires.
    record HoldTimerExpires() implements Event {}

    /// Event 11, KeepaliveTimer_Expires.
    record KeepaliveTimerExpires() implements Event {}

    /// Event 13, IdleHoldTimer_Expires.
    record IdleHoldTimerExpires() implements Event {}

    /// Events 16 and 17, Tcp_CR_Acked and TcpConnectionConfirmed.
    record TcpConnected() implements Event {}

    /// Event 18, TcpConnectionFails.
    record TcpConnectionFails() implements Event {}

    /// Event 19, BGPOpen: a good one, and the hold time that both agree on.
    record OpenReceived(int holdTimeSeconds) implements Event {}

    /// Event 21, BGPHeaderErr, with the answer.
    record HeaderError(Message.Notification answer) implements Event {}

    /// Event 22, BGPOpenMsgErr, with the answer.
    record OpenError(Message.Notification answer) implements Event {}

    /// Event 23, OpenCollisionDump: the other connection of the peer is kept.
    record OpenCollisionDump() implements Event {}

    /// Events 24 and 25, NotifMsgVerErr and NotifMsg.
    record NotificationReceived(boolean versionError) implements Event {}

    /// Event 26, KeepAliveMsg.
    record KeepaliveReceived() implements Event {}

    /// Event 27, UpdateMsg.
    record UpdateReceived(Message.Update update) implements Event {}

    /// Event 28, UpdateMsgErr, with the answer.
    record UpdateError(Message.Notification answer) implements Event {}

    /// ROUTE-REFRESH (RFC 2918, section 4).
    record RouteRefreshReceived(AddressFamily family) implements Event {}

    /// Event 29, SendHoldTimer_Expires (RFC 9687, section 3.1).
    record SendHoldTimerExpires() implements Event {}
}
