package org.edgeplex.bgp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.NotificationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// RFC 4271, section 8.2.2 as a table: (state, event) to (next state, actions).
///
/// An action is written by its name; a notification with `code/subcode`, a timer with its seconds.
final class FsmTableTest {
    private static final String TABLE = "/fsm/transitions.csv";

    /// One of each kind.
    static List<Event> events() {
        Message.Notification openError =
                Message.Notification.of(NotificationCode.OPEN_MESSAGE_ERROR, 2);
        return List.of(
                new Event.Start(),
                new Event.Stop(Message.Notification.of(Cease.ADMINISTRATIVE_SHUTDOWN)),
                new Event.ConnectRetryTimerExpires(),
                new Event.HoldTimerExpires(),
                new Event.KeepaliveTimerExpires(),
                new Event.IdleHoldTimerExpires(),
                new Event.TcpConnected(),
                new Event.TcpConnectionFails(),
                new Event.OpenReceived(90),
                new Event.HeaderError(
                        Message.Notification.of(NotificationCode.MESSAGE_HEADER_ERROR, 1)),
                new Event.OpenError(openError),
                new Event.OpenCollisionDump(),
                new Event.NotificationReceived(false),
                new Event.KeepaliveReceived(),
                new Event.UpdateReceived(Message.Update.of()),
                new Event.UpdateError(
                        Message.Notification.of(NotificationCode.UPDATE_MESSAGE_ERROR, 1)),
                new Event.RouteRefreshReceived(AddressFamily.VPN_IPV4),
                new Event.SendHoldTimerExpires());
    }

    static String name(Object one) {
        return one.getClass().getSimpleName();
    }

    static String names(Transition transition) {
        return transition.actions().stream()
                .map(FsmTableTest::describe)
                .collect(Collectors.joining(" "));
    }

    private static String describe(Action action) {
        return switch (action) {
            case Action.SendNotification(Message.Notification what) ->
                    "SendNotification:" + what.code() + "/" + what.subcode();
            case Action.StartHoldTimer(int seconds) -> "StartHoldTimer:" + seconds;
            case Action.StartKeepaliveTimer(int seconds) -> "StartKeepaliveTimer:" + seconds;
            case Action.StartSendHoldTimer(int seconds) -> "StartSendHoldTimer:" + seconds;
            default -> name(action);
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1, emptyValue = "")
    void steps(State state, String eventName, State next, String actions) {
        Event event =
                events().stream()
                        .filter(one -> name(one).equals(eventName))
                        .findFirst()
                        .orElseThrow();
        Transition transition = new Fsm(false).step(state, event);
        assertEquals(next, transition.next());
        assertEquals(actions, names(transition));
    }

    @Test
    void everyPairIsInTheTable() throws IOException {
        Set<String> expected = new HashSet<>();
        for (State state : State.values()) {
            for (Class<?> event : Event.class.getPermittedSubclasses()) {
                expected.add(state + "," + event.getSimpleName());
            }
        }
        List<String> present = new ArrayList<>();
        try (InputStream in = FsmTableTest.class.getResourceAsStream(TABLE)) {
            assertTrue(in != null, TABLE);
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line ->
                            present.add(
                                    String.join(
                                            ",", line.split(",", 3)[0], line.split(",", 3)[1])));
        }
        assertEquals(expected, new HashSet<>(present));
        assertEquals(expected.size(), present.size(), "a pair stands twice");
    }

    /// PassiveTcpEstablishment: whatever happens, such a machine never connects.
    @Test
    void aPassiveMachineNeverConnects() {
        Fsm passive = new Fsm(true);
        for (State state : EnumSet.complementOf(EnumSet.of(State.CONNECT))) {
            for (Event event : events()) {
                Transition transition = passive.step(state, event);
                String what = state + " " + event;
                assertNotEquals(State.CONNECT, transition.next(), what);
                assertFalse(transition.actions().contains(new Action.Connect()), what);
                assertFalse(
                        transition.actions().contains(new Action.StartConnectRetryTimer()), what);
            }
        }
        assertEquals(State.ACTIVE, passive.step(State.IDLE, new Event.Start()).next());
    }

    @Test
    void withHoldTimeZeroNoTimerRuns() {
        Transition transition = new Fsm(false).step(State.OPEN_SENT, new Event.OpenReceived(0));
        assertTrue(transition.actions().contains(new Action.StartHoldTimer(0)));
        assertTrue(transition.actions().contains(new Action.StartKeepaliveTimer(0)));
        assertTrue(transition.actions().contains(new Action.StartSendHoldTimer(0)));
    }

    /// Leaving Established tells the listener, exactly then.
    @Test
    void downIsDeliveredExactlyOnLeavingEstablished() {
        for (State state : State.values()) {
            for (Event event : events()) {
                Transition transition = new Fsm(false).step(state, event);
                boolean leaves = state == State.ESTABLISHED && transition.next() != state;
                long count =
                        transition.actions().stream()
                                .filter(Action.DeliverDown.class::isInstance)
                                .count();
                assertEquals(leaves ? 1 : 0, count, state + " " + event);
            }
        }
    }
}
