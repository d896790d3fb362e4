package org.edgeplex.controller.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.Test;

class HeartbeatDetectorTest {
    private static final String HOLDER = "pvm-7/control";

    private final HeartbeatDetector detector = new HeartbeatDetector(HealthTiming.DEFAULT);
    private long nowNanos = 1;

    @Test
    void whoBeatsIsAlive() {
        for (int beat = 1; beat < 50; beat++) {
            look(Duration.ofMillis(200), new Lease(1, beat, "pid 1"));
            assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
        }
    }

    @Test
    void silenceOfMoreThanASecondIsSuspect() {
        Lease lease = new Lease(1, 5, "pid 1");
        look(Duration.ofMillis(100), lease);
        for (int tick = 1; tick <= 10; tick++) {
            look(Duration.ofMillis(100), lease);
            assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "after " + tick + " ticks");
        }
        look(Duration.ofMillis(100), lease);
        assertEquals(Vitality.SUSPECT, detector.vitality(HOLDER));
        look(Duration.ofMillis(100), new Lease(1, 6, "pid 1"));
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "a beat ends suspicion");
    }

    @Test
    void anObserverThatWasHeldUpSuspectsNobody() {
        Lease lease = new Lease(1, 5, "pid 1");
        look(Duration.ofMillis(100), lease);
        look(Duration.ofMinutes(10), lease);
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
    }

    @Test
    void aStartMayTakeHalfAMinuteAndNoMore() {
        Lease fenced = new Lease(2, 0, "");
        look(Duration.ZERO, fenced);
        for (int tick = 1; tick <= 300; tick++) {
            look(Duration.ofMillis(100), fenced);
            assertEquals(Vitality.STARTING, detector.vitality(HOLDER));
        }
        look(Duration.ofMillis(100), fenced);
        assertEquals(Vitality.SUSPECT, detector.vitality(HOLDER));
        detector.started(HOLDER);
        look(Duration.ofMillis(100), fenced);
        assertEquals(Vitality.STARTING, detector.vitality(HOLDER), "a new process, a new chance");
    }

    @Test
    void whoIsFencedIsNotAliveUntilItsSuccessorBeats() {
        look(Duration.ZERO, new Lease(1, 5, "pid 1"));
        look(Duration.ofMillis(100), new Lease(2, 0, ""));
        assertEquals(Vitality.STARTING, detector.vitality(HOLDER));
        look(Duration.ofMillis(100), new Lease(3, 0, "pid 2"));
        assertEquals(Vitality.STARTING, detector.vitality(HOLDER), "claimed, not yet up");
        look(Duration.ofMillis(100), new Lease(3, 1, "pid 2"));
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
    }

    @Test
    void whoHasNoLeaseYetIsStarting() {
        detector.look(Set.of(HOLDER), Map.of(), nowNanos);
        assertEquals(Vitality.STARTING, detector.vitality(HOLDER));
    }

    private void look(Duration later, Lease lease) {
        nowNanos += later.toNanos();
        detector.look(Set.of(HOLDER), Map.of(HOLDER, lease), nowNanos);
    }
}
