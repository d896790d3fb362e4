package org.edgeplex.controller.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final String HOLDER = "cvm";

    private final RestartBackoff backoff = new RestartBackoff();
    private long nowNanos;

    @Test
    void theFirstRestartIsAtOnceAndEachFurtherOneLater() {
        List<Long> waitedMillis = new ArrayList<>();
        for (int start = 0; start < 9; start++) {
            long before = nowNanos;
            while (!backoff.mayStart(HOLDER, nowNanos)) {
                nowNanos += Duration.ofMillis(100).toNanos();
            }
            waitedMillis.add(Duration.ofNanos(nowNanos - before).toMillis());
            backoff.started(HOLDER, nowNanos);
        }
        assertEquals(
                List.of(0L, 0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L),
                waitedMillis);
    }

    @Test
    void whoHasLivedForAWhileIsRestartedAtOnceAgain() {
        for (int start = 0; start < 5; start++) {
            backoff.started(HOLDER, nowNanos);
        }
        assertFalse(backoff.mayStart(HOLDER, nowNanos));
        backoff.alive(HOLDER, nowNanos);
        nowNanos += RestartBackoff.STABLE_AFTER.toNanos();
        backoff.alive(HOLDER, nowNanos);
        assertTrue(backoff.mayStart(HOLDER, nowNanos));
    }

    @Test
    void whoWasAliveOnlyBrieflyIsNotForgiven() {
        for (int start = 0; start < 5; start++) {
            backoff.started(HOLDER, nowNanos);
        }
        backoff.alive(HOLDER, nowNanos);
        nowNanos += Duration.ofMillis(500).toNanos();
        backoff.alive(HOLDER, nowNanos);
        assertFalse(backoff.mayStart(HOLDER, nowNanos));
    }
}
