package org.edgeplex.ldp.fsm;

import static org.edgeplex.ldp.fsm.AdjacencyState.ABSENT;
import static org.edgeplex.ldp.fsm.AdjacencyState.HEARD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdjacencyFsmTest {
    private static final AdjacencyEvent HELLO = new AdjacencyEvent.HelloReceived(15);
    private static final AdjacencyEvent MOVED = new AdjacencyEvent.HelloMoved(15);
    private static final AdjacencyEvent EXPIRED = new AdjacencyEvent.HoldTimerExpired();
    private static final AdjacencyEvent STOPPED = new AdjacencyEvent.LinkStopped();
    private static final AdjacencyAction TIMER = new AdjacencyAction.StartHoldTimer(15);
    private static final AdjacencyAction NO_TIMER = new AdjacencyAction.StopHoldTimer();
    private static final AdjacencyAction ANSWER = new AdjacencyAction.SendHello();
    private static final AdjacencyAction UP = new AdjacencyAction.ReportUp();
    private static final AdjacencyAction DOWN = new AdjacencyAction.ReportDown();

    record Row(
            AdjacencyState state,
            AdjacencyEvent event,
            AdjacencyState next,
            List<AdjacencyAction> actions) {}

    static List<Row> rows() {
        return List.of(
                new Row(ABSENT, HELLO, HEARD, List.of(TIMER, ANSWER, UP)),
                new Row(ABSENT, MOVED, HEARD, List.of(TIMER, ANSWER, UP)),
                new Row(ABSENT, EXPIRED, ABSENT, List.of()),
                new Row(ABSENT, STOPPED, ABSENT, List.of()),
                new Row(HEARD, HELLO, HEARD, List.of(TIMER)),
                new Row(HEARD, MOVED, HEARD, List.of(DOWN, TIMER, ANSWER, UP)),
                new Row(HEARD, EXPIRED, ABSENT, List.of(DOWN)),
                new Row(HEARD, STOPPED, ABSENT, List.of(NO_TIMER, DOWN)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void stepsAsTheTableSays(Row row) {
        assertEquals(
                new AdjacencyTransition(row.next, row.actions),
                AdjacencyFsm.step(row.state, row.event));
    }

    @Test
    void theTableHasEveryPairOnce() {
        int events = AdjacencyEvent.class.getPermittedSubclasses().length;
        List<String> pairs = rows().stream().map(row -> row.state + "" + row.event).toList();
        assertEquals(AdjacencyState.values().length * events, pairs.size());
        assertEquals(pairs.size(), new TreeSet<>(pairs).size());
    }

    @Test
    void anInfiniteHoldTimeNeedsNoTimer() {
        assertEquals(
                new AdjacencyTransition(HEARD, List.of(NO_TIMER)),
                AdjacencyFsm.step(
                        HEARD, new AdjacencyEvent.HelloReceived(AdjacencyFsm.HOLD_FOREVER)));
    }

    @ParameterizedTest(name = "{0} and {1} make {2}")
    @CsvSource({
        "15, 15, 15",
        "15, 10, 10",
        "10, 15, 10",
        "15, 0, 15",
        "30, 0, 15",
        "15, 65535, 15",
        "65535, 65535, 65535"
    })
    void theSmallerHoldTimeCounts(int ours, int theirs, int negotiated) {
        assertEquals(negotiated, AdjacencyFsm.negotiateHoldTime(ours, theirs));
    }
}
