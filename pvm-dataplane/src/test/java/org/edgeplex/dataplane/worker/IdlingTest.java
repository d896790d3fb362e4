package org.edgeplex.dataplane.worker;

import static org.edgeplex.dataplane.worker.Idling.NAP_NANOS_MAX;
import static org.edgeplex.dataplane.worker.Idling.POLL;
import static org.edgeplex.dataplane.worker.Idling.SLEEP_NANOS_MAX;
import static org.edgeplex.dataplane.worker.Idling.SPIN_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.edgeplex.dataplane.io.IdleMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdlingTest {
    /// The clock may start anywhere, and pass its end.
    private static final long START_NANOS = Math.subtractExact(Long.MAX_VALUE, 70_000);

    private static final long YEAR_NANOS = 365L * 86_400 * 1_000_000_000L;

    private static Idling idling(IdleMode mode, boolean isHeard) {
        return new Idling(mode, isHeard, START_NANOS);
    }

    @ParameterizedTest(name = "{0}, heard: {1}, idle for {2} ns: {3}")
    @CsvSource({
        "BUSY,      true,  0,         0",
        "BUSY,      true,  999999999, 0",
        "BUSY,      false, 999999999, 0",
        "ADAPTIVE,  true,  49999,     0",
        "ADAPTIVE,  true,  50000,     100000000",
        "ADAPTIVE,  true,  999999999, 100000000",
        "ADAPTIVE,  false, 49999,     0",
        "ADAPTIVE,  false, 50000,     6250",
        "ADAPTIVE,  false, 800000,    100000",
        "ADAPTIVE,  false, 8000000,   1000000",
        "ADAPTIVE,  false, 999999999, 1000000",
        "INTERRUPT, true,  0,         100000000",
        "INTERRUPT, true,  999999999, 100000000",
    })
    void sleepsFor(IdleMode mode, boolean isHeard, long idleNanos, long sleepNanos) {
        assertEquals(sleepNanos, idling(mode, isHeard).sleepNanos(0, START_NANOS + idleNanos));
    }

    @ParameterizedTest
    @EnumSource
    void workIsFollowedByALook(IdleMode mode) {
        Idling idling = idling(mode, true);
        long nowNanos = START_NANOS;
        for (int i = 0; i < 100; i++) {
            nowNanos += SLEEP_NANOS_MAX;
            assertEquals(POLL, idling.sleepNanos(1, nowNanos));
        }
    }

    @Test
    void workBeginsTheMomentAnew() {
        Idling idling = idling(IdleMode.ADAPTIVE, true);
        long nowNanos = START_NANOS + YEAR_NANOS;
        assertEquals(SLEEP_NANOS_MAX, idling.sleepNanos(0, nowNanos));
        assertEquals(POLL, idling.sleepNanos(32, nowNanos));
        assertEquals(POLL, idling.sleepNanos(0, nowNanos + SPIN_NANOS - 1));
        assertEquals(SLEEP_NANOS_MAX, idling.sleepNanos(0, nowNanos + SPIN_NANOS));
    }

    /// As the worker takes them: a nap, a look, a longer nap.
    @Test
    void napsGrowToTheirLimitAndNoFurther() {
        Idling idling = idling(IdleMode.ADAPTIVE, false);
        long nowNanos = START_NANOS + SPIN_NANOS;
        long last = POLL;
        for (int i = 0; i < 1000; i++) {
            long nap = idling.sleepNanos(0, nowNanos);
            assertTrue(nap > last || nap == NAP_NANOS_MAX, "a nap of " + nap + " after " + last);
            assertTrue(nap <= (nowNanos - START_NANOS) / 8, "late by more than an eighth");
            last = nap;
            nowNanos += nap;
        }
        assertEquals(NAP_NANOS_MAX, last);
    }

    @Test
    void onlyNapsNeedAPreciseClock() {
        assertTrue(idling(IdleMode.ADAPTIVE, false).naps());
        assertFalse(idling(IdleMode.ADAPTIVE, true).naps());
        assertFalse(idling(IdleMode.BUSY, false).naps());
    }
}
