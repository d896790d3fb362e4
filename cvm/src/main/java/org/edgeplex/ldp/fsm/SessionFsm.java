package org.edgeplex.ldp.fsm;

import static org.edgeplex.ldp.fsm.SessionState.INITIALIZED;
import static org.edgeplex.ldp.fsm.SessionState.NON_EXISTENT;
import static org.edgeplex.ldp.fsm.SessionState.OPEN_REC;
import static org.edgeplex.ldp.fsm.SessionState.OPEN_SENT;
import static org.edgeplex.ldp.fsm.SessionState.OPERATIONAL;

import org.edgeplex.ldp.fsm.SessionAction.Close;
import org.edgeplex.ldp.fsm.SessionAction.Deliver;
import org.edgeplex.ldp.fsm.SessionAction.Negotiated;
import org.edgeplex.ldp.fsm.SessionAction.ReportUp;
import org.edgeplex.ldp.fsm.SessionAction.RestartHoldTimer;
import org.edgeplex.ldp.fsm.SessionAction.SendInitialization;
import org.edgeplex.ldp.fsm.SessionAction.SendKeepAlive;
import org.edgeplex.ldp.fsm.SessionAction.SendNotification;
import org.edgeplex.ldp.fsm.SessionAction.StartHoldTimer;
import org.edgeplex.ldp.fsm.SessionEvent.AdjacencyLost;
import org.edgeplex.ldp.fsm.SessionEvent.ConnectedActive;
import org.edgeplex.ldp.fsm.SessionEvent.ConnectedPassive;
import org.edgeplex.ldp.fsm.SessionEvent.ConnectionLost;
import org.edgeplex.ldp.fsm.SessionEvent.FatalNotificationReceived;
import org.edgeplex.ldp.fsm.SessionEvent.HoldTimerExpired;
import org.edgeplex.ldp.fsm.SessionEvent.InitializationAccepted;
import org.edgeplex.ldp.fsm.SessionEvent.InitializationRefused;
import org.edgeplex.ldp.fsm.SessionEvent.KeepAliveReceived;
import org.edgeplex.ldp.fsm.SessionEvent.KeepAliveTimerExpired;
import org.edgeplex.ldp.fsm.SessionEvent.OtherMessageReceived;
import org.edgeplex.ldp.fsm.SessionEvent.ProtocolErrorDetected;
import org.edgeplex.ldp.fsm.SessionEvent.Stop;
import org.edgeplex.ldp.wire.StatusCode;

/// The session machine of RFC 5036, section 2.5.4.
///
/// ```
///                       +--------------+
///        any error      |              |   Connected (passive)
///      +--------------->| NON_EXISTENT |-------------------+
///      |                |              |                   v
///      |                +--------------+            +-------------+
///      |    Connected (active) |                    | INITIALIZED |
///      |    / Initialization   v                    +-------------+
///      |                 +-----------+                     | Initialization
///      |                 | OPEN_SENT |                     | / Initialization, KeepAlive
///      |                 +-----------+                     v
///      |    Initialization /   |                     +----------+
///      |    KeepAlive          +-------------------->| OPEN_REC |
///      |                                             +----------+
///      |                +-------------+                    | KeepAlive
///      +----------------| OPERATIONAL |<-------------------+
///                       +-------------+
/// ```
public final class SessionFsm {
    /// How long each step before OPERATIONAL may take.
    public static final int HANDSHAKE_SECONDS = 15;

    private SessionFsm() {}

    public static SessionTransition step(SessionState state, SessionEvent event) {
        return switch (state) {
            case NON_EXISTENT -> nonExistent(event);
            case INITIALIZED -> initialized(event);
            case OPEN_SENT -> openSent(event);
            case OPEN_REC -> openRec(event);
            case OPERATIONAL -> operational(event);
        };
    }

    private static SessionTransition nonExistent(SessionEvent event) {
        return switch (event) {
            case ConnectedActive() ->
                    SessionTransition.to(
                            OPEN_SENT,
                            new SendInitialization(),
                            new StartHoldTimer(HANDSHAKE_SECONDS));
            case ConnectedPassive() ->
                    SessionTransition.to(INITIALIZED, new StartHoldTimer(HANDSHAKE_SECONDS));
            // There is no connection: whatever still arrives is late.
            default -> SessionTransition.to(NON_EXISTENT);
        };
    }

    private static SessionTransition initialized(SessionEvent event) {
        return switch (event) {
            case InitializationAccepted(int keepAliveTimeSeconds, int maxPduLengthBytes) ->
                    SessionTransition.to(
                            OPEN_REC,
                            new SendInitialization(),
                            new SendKeepAlive(),
                            new Negotiated(keepAliveTimeSeconds, maxPduLengthBytes),
                            new StartHoldTimer(HANDSHAKE_SECONDS));
            default -> handshake(INITIALIZED, event);
        };
    }

    private static SessionTransition openSent(SessionEvent event) {
        return switch (event) {
            case InitializationAccepted(int keepAliveTimeSeconds, int maxPduLengthBytes) ->
                    SessionTransition.to(
                            OPEN_REC,
                            new SendKeepAlive(),
                            new Negotiated(keepAliveTimeSeconds, maxPduLengthBytes),
                            new StartHoldTimer(HANDSHAKE_SECONDS));
            default -> handshake(OPEN_SENT, event);
        };
    }

    private static SessionTransition openRec(SessionEvent event) {
        return switch (event) {
            case KeepAliveReceived() ->
                    SessionTransition.to(OPERATIONAL, new RestartHoldTimer(), new ReportUp());
            case KeepAliveTimerExpired() -> SessionTransition.to(OPEN_REC, new SendKeepAlive());
            default -> handshake(OPEN_REC, event);
        };
    }

    /// What ends the handshake in each of its states: everything that is not its next step.
    private static SessionTransition handshake(SessionState state, SessionEvent event) {
        return switch (event) {
            case InitializationRefused(StatusCode reason) -> refuse(reason);
            case ProtocolErrorDetected(StatusCode reason) -> refuse(reason);
            // "Receive any other LDP msg: Transmit Error Notification msg (NAK) and close".
            case InitializationAccepted _, KeepAliveReceived _, OtherMessageReceived _ ->
                    refuse(StatusCode.SHUTDOWN);
            case KeepAliveTimerExpired() -> SessionTransition.to(state);
            case FatalNotificationReceived _,
                    HoldTimerExpired _,
                    AdjacencyLost _,
                    Stop _,
                    ConnectionLost _,
                    ConnectedActive _,
                    ConnectedPassive _ ->
                    ending(state, event);
        };
    }

    private static SessionTransition operational(SessionEvent event) {
        return switch (event) {
            case KeepAliveReceived() -> SessionTransition.to(OPERATIONAL, new RestartHoldTimer());
            case OtherMessageReceived() ->
                    SessionTransition.to(OPERATIONAL, new RestartHoldTimer(), new Deliver());
            case KeepAliveTimerExpired() -> SessionTransition.to(OPERATIONAL, new SendKeepAlive());
            // A second Initialization has no meaning; the standard's table keeps the session.
            case InitializationAccepted _, InitializationRefused _ ->
                    SessionTransition.to(OPERATIONAL, new RestartHoldTimer());
            case ProtocolErrorDetected(StatusCode reason) -> refuse(reason);
            case FatalNotificationReceived _,
                    HoldTimerExpired _,
                    AdjacencyLost _,
                    Stop _,
                    ConnectionLost _,
                    ConnectedActive _,
                    ConnectedPassive _ ->
                    ending(OPERATIONAL, event);
        };
    }

    /// Events that end a session in the same way wherever it is.
    private static SessionTransition ending(SessionState state, SessionEvent event) {
        return switch (event) {
            case FatalNotificationReceived(int statusCode) ->
                    SessionTransition.to(
                            NON_EXISTENT,
                            new SendNotification(StatusCode.SHUTDOWN),
                            new Close(new SessionDownReason.PeerNotified(statusCode)));
            case HoldTimerExpired() -> refuse(StatusCode.KEEP_ALIVE_TIMER_EXPIRED);
            case AdjacencyLost() -> refuse(StatusCode.HOLD_TIMER_EXPIRED);
            case Stop() -> refuse(StatusCode.SHUTDOWN);
            case ConnectionLost() ->
                    SessionTransition.to(
                            NON_EXISTENT, new Close(new SessionDownReason.ConnectionLost()));
            // A session has one connection; who owns the connections must not report a second.
            default -> throw new IllegalStateException(event + " in " + state);
        };
    }

    private static SessionTransition refuse(StatusCode status) {
        return SessionTransition.to(
                NON_EXISTENT,
                new SendNotification(status),
                new Close(new SessionDownReason.WeNotified(status)));
    }
}
