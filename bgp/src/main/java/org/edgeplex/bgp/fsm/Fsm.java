package org.edgeplex.bgp.fsm;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.NotificationCode;

/// The machine of one connection (RFC 4271, section 8.2.2).
///
/// `passive` is the attribute PassiveTcpEstablishment: such a machine waits in Active for the peer
/// to connect and never connects itself.
public record Fsm(boolean passive) {
    /// While we wait for an OPEN: "a HoldTimer value of 4 minutes is suggested".
    static final int OPEN_HOLD_SECONDS = 240;

    /// RFC 9687, section 3.1: the greater of 8 minutes and twice the hold time.
    static final int SEND_HOLD_SECONDS_MIN = 480;

    private static final int KEEPALIVES_PER_HOLD_TIME = 3;

    // Subcodes of Finite State Machine Error (RFC 6608, section 3): where it was unexpected.
    private static final int UNEXPECTED_IN_OPEN_SENT = 1;
    private static final int UNEXPECTED_IN_OPEN_CONFIRM = 2;
    private static final int UNEXPECTED_IN_ESTABLISHED = 3;

    public Transition step(State state, Event event) {
        return switch (state) {
            case IDLE -> idle(event);
            case CONNECT -> connect(event);
            case ACTIVE -> active(event);
            case OPEN_SENT -> openSent(event);
            case OPEN_CONFIRM -> openConfirm(event);
            case ESTABLISHED -> established(event);
        };
    }

    private Transition idle(Event event) {
        return switch (event) {
            case Event.Start(), Event.IdleHoldTimerExpires() ->
                    passive
                            ? Transition.to(State.ACTIVE, new Action.ResetConnectRetryCounter())
                            : Transition.to(
                                    State.CONNECT,
                                    new Action.ResetConnectRetryCounter(),
                                    new Action.StartConnectRetryTimer(),
                                    new Action.Connect());
            case Event.Stop _, Event.OpenCollisionDump() ->
                    Transition.to(State.IDLE, new Action.StopAllTimers());
            default -> Transition.to(State.IDLE); // "any other event ... no change of state"
        };
    }

    private Transition connect(Event event) {
        return switch (event) {
            case Event.Start() -> Transition.to(State.CONNECT);
            case Event.Stop _ -> stoppedSilently();
            case Event.ConnectRetryTimerExpires() ->
                    Transition.to(
                            State.CONNECT,
                            new Action.DropConnection(),
                            new Action.StartConnectRetryTimer(),
                            new Action.Connect());
            case Event.TcpConnected() -> sendOpen();
            // Deviation: the text says Idle. See the package.
            case Event.TcpConnectionFails() ->
                    Transition.to(
                            State.ACTIVE,
                            new Action.DropConnection(),
                            new Action.StartConnectRetryTimer());
            case Event.OpenCollisionDump() -> dumped();
            default -> failed(); // "any other events (8, 10-11, 13, 19, 23, 25-28)"
        };
    }

    private Transition active(Event event) {
        return switch (event) {
            case Event.Start() -> Transition.to(State.ACTIVE);
            case Event.Stop _ -> stoppedSilently();
            case Event.ConnectRetryTimerExpires() ->
                    passive
                            ? Transition.to(State.ACTIVE)
                            : Transition.to(
                                    State.CONNECT,
                                    new Action.StartConnectRetryTimer(),
                                    new Action.Connect());
            case Event.TcpConnected() -> sendOpen();
            case Event.OpenCollisionDump() -> dumped();
            default -> failed(); // "any other event (8, 10-11, 13, 19, 23, 25-28)", and 18
        };
    }

    private Transition openSent(Event event) {
        return switch (event) {
            // Another connection is the other machine's (section 8.2.1).
            case Event.Start(), Event.TcpConnected() -> Transition.to(State.OPEN_SENT);
            case Event.Stop(Message.Notification cease) -> stopped(State.OPEN_SENT, cease);
            case Event.HoldTimerExpires() -> holdTimeOver(State.OPEN_SENT);
            case Event.TcpConnectionFails() -> backToActive();
            case Event.OpenReceived(int holdTimeSeconds) -> openAccepted(holdTimeSeconds);
            case Event.HeaderError(Message.Notification answer) -> failed(State.OPEN_SENT, answer);
            case Event.OpenError(Message.Notification answer) -> failed(State.OPEN_SENT, answer);
            case Event.OpenCollisionDump() -> dumped(State.OPEN_SENT);
            case Event.NotificationReceived _ -> failed();
            case Event.SendHoldTimerExpires() -> sendHoldTimeOver(State.OPEN_SENT);
            default -> unexpected(State.OPEN_SENT); // "any other event (9, 11-13, 20, 25-28)"
        };
    }

    private Transition openConfirm(Event event) {
        return switch (event) {
            // Another connection is the other machine's (section 8.2.1).
            case Event.Start(), Event.TcpConnected() -> Transition.to(State.OPEN_CONFIRM);
            case Event.Stop(Message.Notification cease) -> stopped(State.OPEN_CONFIRM, cease);
            case Event.HoldTimerExpires() -> holdTimeOver(State.OPEN_CONFIRM);
            case Event.KeepaliveTimerExpires() -> keepalive(State.OPEN_CONFIRM);
            case Event.TcpConnectionFails(), Event.NotificationReceived _ -> failed();
            case Event.HeaderError(Message.Notification answer) ->
                    failed(State.OPEN_CONFIRM, answer);
            case Event.OpenError(Message.Notification answer) -> failed(State.OPEN_CONFIRM, answer);
            case Event.OpenCollisionDump() -> dumped(State.OPEN_CONFIRM);
            case Event.KeepaliveReceived() ->
                    Transition.to(
                            State.ESTABLISHED,
                            new Action.RestartHoldTimer(),
                            new Action.DeliverEstablished());
            case Event.SendHoldTimerExpires() -> sendHoldTimeOver(State.OPEN_CONFIRM);
            default -> unexpected(State.OPEN_CONFIRM); // "any other event (9, 12-13, 20, 27-28)"
        };
    }

    private Transition established(Event event) {
        State here = State.ESTABLISHED;
        return switch (event) {
            // Another connection is the other machine's (section 8.2.1).
            case Event.Start(), Event.TcpConnected() -> Transition.to(here);
            case Event.Stop(Message.Notification cease) -> stopped(here, cease);
            case Event.HoldTimerExpires() -> holdTimeOver(here);
            case Event.KeepaliveTimerExpires() -> keepalive(here);
            case Event.TcpConnectionFails(), Event.NotificationReceived _ -> failedFrom(here);
            // Section 6.1; section 8.2.2 counts event 21 among the "other" ones here.
            case Event.HeaderError(Message.Notification answer) -> failed(here, answer);
            case Event.OpenCollisionDump() -> dumped(here);
            case Event.KeepaliveReceived() -> Transition.to(here, new Action.RestartHoldTimer());
            case Event.UpdateReceived(Message.Update update) ->
                    Transition.to(
                            here, new Action.RestartHoldTimer(), new Action.DeliverUpdate(update));
            case Event.UpdateError(Message.Notification answer) -> failed(here, answer);
            case Event.RouteRefreshReceived(var family) ->
                    Transition.to(here, new Action.DeliverRouteRefresh(family));
            case Event.SendHoldTimerExpires() -> sendHoldTimeOver(here);
            default -> unexpected(here); // "any other event (9, 12-13, 20-22)"
        };
    }

    // What several states do alike.

    private static Transition sendOpen() {
        return Transition.to(
                State.OPEN_SENT,
                new Action.StopConnectRetryTimer(),
                new Action.SendOpen(),
                new Action.StartHoldTimer(OPEN_HOLD_SECONDS));
    }

    private static Transition openAccepted(int holdTimeSeconds) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.StopConnectRetryTimer());
        actions.add(new Action.SendKeepalive());
        actions.add(new Action.StartHoldTimer(holdTimeSeconds));
        actions.add(new Action.StartKeepaliveTimer(holdTimeSeconds / KEEPALIVES_PER_HOLD_TIME));
        // RFC 9687, section 3.1: not where the hold time is zero.
        actions.add(
                new Action.StartSendHoldTimer(
                        holdTimeSeconds == 0
                                ? 0
                                : Math.max(SEND_HOLD_SECONDS_MIN, 2 * holdTimeSeconds)));
        return new Transition(State.OPEN_CONFIRM, actions);
    }

    private static Transition keepalive(State here) {
        return Transition.to(here, new Action.SendKeepalive(), new Action.RestartKeepaliveTimer());
    }

    private Transition backToActive() {
        return passive
                ? Transition.to(
                        State.ACTIVE, new Action.StopAllTimers(), new Action.DropConnection())
                : Transition.to(
                        State.ACTIVE,
                        new Action.StopAllTimers(),
                        new Action.DropConnection(),
                        new Action.StartConnectRetryTimer());
    }

    private static Transition holdTimeOver(State from) {
        return failed(from, Message.Notification.of(NotificationCode.HOLD_TIMER_EXPIRED, 0));
    }

    /// RFC 9687, section 3.2: the NOTIFICATION will hardly leave, but says why if it does.
    private static Transition sendHoldTimeOver(State from) {
        return failed(from, Message.Notification.of(NotificationCode.SEND_HOLD_TIMER_EXPIRED, 0));
    }

    private static Transition unexpected(State from) {
        int subcode =
                switch (from) {
                    case OPEN_SENT -> UNEXPECTED_IN_OPEN_SENT;
                    case OPEN_CONFIRM -> UNEXPECTED_IN_OPEN_CONFIRM;
                    case ESTABLISHED -> UNEXPECTED_IN_ESTABLISHED;
                    case IDLE, CONNECT, ACTIVE -> 0;
                };
        return failed(
                from,
                Message.Notification.of(NotificationCode.FINITE_STATE_MACHINE_ERROR, subcode));
    }

    private static Transition stoppedSilently() {
        return Transition.to(
                State.IDLE,
                new Action.StopAllTimers(),
                new Action.DropConnection(),
                new Action.ResetConnectRetryCounter());
    }

    private static Transition stopped(State from, Message.Notification cease) {
        return toIdle(
                from,
                List.of(new Action.SendNotification(cease)),
                new Action.ResetConnectRetryCounter());
    }

    private static Transition failed(State from, Message.Notification answer) {
        return toIdle(
                from,
                List.of(new Action.SendNotification(answer)),
                new Action.IncrementConnectRetryCounter(),
                new Action.StartIdleHoldTimer());
    }

    private static Transition failed() {
        return failedFrom(State.IDLE);
    }

    private static Transition failedFrom(State from) {
        return toIdle(
                from,
                List.of(),
                new Action.IncrementConnectRetryCounter(),
                new Action.StartIdleHoldTimer());
    }

    /// The other connection goes on, so this machine rests until that one has ended.
    private static Transition dumped() {
        return toIdle(State.IDLE, List.of(), new Action.IncrementConnectRetryCounter());
    }

    private static Transition dumped(State from) {
        return toIdle(
                from,
                List.of(
                        new Action.SendNotification(
                                Message.Notification.of(Cease.CONNECTION_COLLISION_RESOLUTION))),
                new Action.IncrementConnectRetryCounter());
    }

    /// The last word first, then everything is released, then the rest.
    private static Transition toIdle(State from, List<Action> lastWord, Action... rest) {
        List<Action> actions = new ArrayList<>(lastWord);
        actions.add(new Action.StopAllTimers());
        actions.add(new Action.DropConnection());
        if (from == State.ESTABLISHED) {
            actions.add(new Action.DeliverDown());
        }
        actions.addAll(List.of(rest));
        return new Transition(State.IDLE, actions);
    }
}
