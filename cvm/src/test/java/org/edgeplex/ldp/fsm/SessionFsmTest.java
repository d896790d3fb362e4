package org.edgeplex.ldp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.edgeplex.ldp.wire.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionFsmTest {
    private static final List<SessionEvent> EVENTS =
            List.of(
                    new SessionEvent.ConnectedActive(),
                    new SessionEvent.ConnectedPassive(),
                    new SessionEvent.InitializationAccepted(30, 4096),
                    new SessionEvent.InitializationRefused(StatusCode.SESSION_REJECTED_NO_HELLO),
                    new SessionEvent.KeepAliveReceived(),
                    new SessionEvent.OtherMessageReceived(),
                    new SessionEvent.FatalNotificationReceived(StatusCode.SHUTDOWN.code()),
                    new SessionEvent.ProtocolErrorDetected(StatusCode.BAD_PDU_LENGTH),
                    new SessionEvent.HoldTimerExpired(),
                    new SessionEvent.KeepAliveTimerExpired(),
                    new SessionEvent.AdjacencyLost(),
                    new SessionEvent.Stop(),
                    new SessionEvent.ConnectionLost());

    record Row(String state, String event, String next, String actions) {}

    static List<Row> rows() throws IOException {
        try (InputStream in = SessionFsmTest.class.getResourceAsStream("/ldp/session-fsm.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                    .map(cells -> new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3)))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void stepsAsTheTableSays(Row row) {
        SessionState state = SessionState.valueOf(row.state);
        SessionEvent event = event(row.event);
        if (row.next.equals("impossible")) {
            assertThrows(IllegalStateException.class, () -> SessionFsm.step(state, event));
            return;
        }
        SessionTransition transition = SessionFsm.step(state, event);
        assertEquals(SessionState.valueOf(row.next), transition.next());
        assertEquals(
                row.actions,
                transition.actions().stream()
                        .map(SessionFsmTest::describe)
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theTableHasEveryPairOnce() throws IOException {
        List<String> pairs = new ArrayList<>();
        for (SessionState state : SessionState.values()) {
            for (Class<?> event : SessionEvent.class.getPermittedSubclasses()) {
                pairs.add(state + " " + event.getSimpleName());
            }
        }
        List<String> inTable = rows().stream().map(row -> row.state + " " + row.event).toList();
        assertEquals(new TreeSet<>(pairs), new TreeSet<>(inTable));
        assertEquals(pairs.size(), inTable.size());
    }

    private static SessionEvent event(String name) {
        return EVENTS.stream()
                .filter(each -> each.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String describe(SessionAction action) {
        String name = action.getClass().getSimpleName();
        return switch (action) {
            case SessionAction.SendNotification(StatusCode status) -> name + " " + status;
            case SessionAction.StartHoldTimer(int seconds) -> name + " " + seconds;
            case SessionAction.Negotiated(int keepAlive, int maxPdu) ->
                    name + " " + keepAlive + " " + maxPdu;
            case SessionAction.Close(SessionDownReason reason) ->
                    name + " " + reason.toString().replace(",", "");
            case SessionAction.SendInitialization _,
                    SessionAction.SendKeepAlive _,
                    SessionAction.RestartHoldTimer _,
                    SessionAction.Deliver _,
                    SessionAction.ReportUp _ ->
                    name;
        };
    }
}
