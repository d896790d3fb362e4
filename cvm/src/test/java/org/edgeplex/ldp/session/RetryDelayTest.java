package org.edgeplex.ldp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.wire.StatusCode;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
    private final RetryDelay delay = new RetryDelay();

    @Test
    void aRejectedInitializationWaitsFrom15SecondsTo2Minutes() {
        assertEquals(
                List.of(15L, 30L, 60L, 120L, 120L),
                seconds(
                        new SessionDownReason.PeerNotified(
                                StatusCode.SESSION_REJECTED_NO_HELLO.code())));
    }

    @Test
    void aLostConnectionIsTriedSoon() {
        assertEquals(List.of(1L, 2L, 4L, 8L, 15L), seconds(new SessionDownReason.ConnectionLost()));
    }

    @Test
    void successStartsOver() {
        seconds(new SessionDownReason.ConnectionLost());
        delay.reset();
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 15L),
                seconds(new SessionDownReason.WeNotified(StatusCode.HOLD_TIMER_EXPIRED)));
    }

    private List<Long> seconds(SessionDownReason reason) {
        return IntStream.range(0, 5)
                .mapToObj(_ -> TimeUnit.NANOSECONDS.toSeconds(delay.nextNanos(reason)))
                .toList();
    }
}
