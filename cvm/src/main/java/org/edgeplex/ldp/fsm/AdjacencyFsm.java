package org.edgeplex.ldp.fsm;

import static org.edgeplex.ldp.fsm.AdjacencyState.ABSENT;
import static org.edgeplex.ldp.fsm.AdjacencyState.HEARD;

import org.edgeplex.ldp.fsm.AdjacencyAction.ReportDown;
import org.edgeplex.ldp.fsm.AdjacencyAction.ReportUp;
import org.edgeplex.ldp.fsm.AdjacencyAction.SendHello;
import org.edgeplex.ldp.fsm.AdjacencyAction.StartHoldTimer;
import org.edgeplex.ldp.fsm.AdjacencyAction.StopHoldTimer;
import org.edgeplex.ldp.fsm.AdjacencyEvent.HelloMoved;
import org.edgeplex.ldp.fsm.AdjacencyEvent.HelloReceived;
import org.edgeplex.ldp.fsm.AdjacencyEvent.HoldTimerExpired;
import org.edgeplex.ldp.fsm.AdjacencyEvent.LinkStopped;

/// The hello adjacency with one LSR on one link (RFC 5036, sections 2.4.1 and 2.5.5).
public final class AdjacencyFsm {
    /// Hold time 0xffff, "infinite" (section 3.5.2).
    public static final int HOLD_FOREVER = 0xffff;

    /// What hold time 0 of a Link Hello means (section 3.5.2).
    public static final int LINK_HELLO_DEFAULT_SECONDS = 15;

    private AdjacencyFsm() {}

    /// Each side proposes, the smaller one counts (section 3.5.2).
    public static int negotiateHoldTime(int oursSeconds, int theirsSeconds) {
        return Math.min(orDefault(oursSeconds), orDefault(theirsSeconds));
    }

    private static int orDefault(int proposedSeconds) {
        return proposedSeconds == 0 ? LINK_HELLO_DEFAULT_SECONDS : proposedSeconds;
    }

    public static AdjacencyTransition step(AdjacencyState state, AdjacencyEvent event) {
        return switch (state) {
            case ABSENT -> absent(event);
            case HEARD -> heard(event);
        };
    }

    private static AdjacencyTransition absent(AdjacencyEvent event) {
        return switch (event) {
            case HelloReceived(int seconds) -> appears(seconds);
            case HelloMoved(int seconds) -> appears(seconds);
            case HoldTimerExpired(), LinkStopped() -> AdjacencyTransition.to(ABSENT);
        };
    }

    private static AdjacencyTransition appears(int holdTimeSeconds) {
        return AdjacencyTransition.to(
                HEARD, holdTimer(holdTimeSeconds), new SendHello(), new ReportUp());
    }

    private static AdjacencyTransition heard(AdjacencyEvent event) {
        return switch (event) {
            case HelloReceived(int seconds) -> AdjacencyTransition.to(HEARD, holdTimer(seconds));
            case HelloMoved(int seconds) ->
                    AdjacencyTransition.to(
                            HEARD,
                            new ReportDown(),
                            holdTimer(seconds),
                            new SendHello(),
                            new ReportUp());
            case HoldTimerExpired() -> AdjacencyTransition.to(ABSENT, new ReportDown());
            case LinkStopped() ->
                    AdjacencyTransition.to(ABSENT, new StopHoldTimer(), new ReportDown());
        };
    }

    private static AdjacencyAction holdTimer(int seconds) {
        return seconds == HOLD_FOREVER ? new StopHoldTimer() : new StartHoldTimer(seconds);
    }
}
