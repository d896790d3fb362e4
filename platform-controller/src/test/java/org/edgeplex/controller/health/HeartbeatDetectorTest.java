package org.edgeplex.controller.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.Test;

class HeartbeatDetectorTest {
    private static final String HOLDER = "pvm-7/control";
    private static final String SELF = "controller";

    private final HeartbeatDetector detector = new HeartbeatDetector(HealthTiming.DEFAULT);
    private long nowNanos = 1;
    private Lease own = new Lease(1, 1, "pid 0");

    @Test
    void whoBeatsIsAlive() {
        for (int beat = 1; beat < 50; beat++) {
            look(Duration.ofMillis(200), new Lease(1, beat, "pid 1"));
            assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
        }
    }

    @Test
    void silenceOfMoreThanTwoSecondsIsSuspect() {
        Lease lease = settled();
        for (int tick = 1; tick <= 20; tick++) {
            look(Duration.ofMillis(100), lease);
            assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "after " + tick + " ticks");
        }
        look(Duration.ofMillis(100), lease);
        assertEquals(Vitality.SUSPECT, detector.vitality(HOLDER));
        look(Duration.ofMillis(100), beatAfter(lease));
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "a beat ends suspicion");
    }

    /// It may still have much to do.
    @Test
    void whoHasJustComeUpMayBeSilentForSixSeconds() {
        Lease lease = new Lease(1, 1, "pid 1");
        look(Duration.ofMillis(100), lease);
        assertEquals(60, ticksUntilSuspect(lease));
    }

    @Test
    void whoBeatsLateIsGivenMoreTime() {
        Lease lease = settled();
        for (int tick = 1; tick <= 8; tick++) {
            look(Duration.ofMillis(100), lease);
        }
        lease = beatAfter(lease);
        look(Duration.ofMillis(100), lease);
        assertEquals(36, ticksUntilSuspect(lease), "four times its slowest beat of 900 ms");
    }

    /// Less than the half minute after which programs end by themselves, so that one that was
    /// stopped in the middle of a write to the store is ended in time for the others.
    @Test
    void nobodyIsGivenMoreThanTwentyTwoSeconds() {
        Lease lease = settled();
        for (int beats = 0; beats < 5; beats++) {
            lease = beatAfter(lease);
            for (int tick = 1; tick <= 60; tick++) {
                look(Duration.ofMillis(100), lease);
            }
        }
        lease = beatAfter(lease);
        look(Duration.ofMillis(100), lease);
        assertEquals(220, ticksUntilSuspect(lease));
    }

    @Test
    void whoBeatsRegularlyAgainIsGivenNoMoreTimeThanOthers() {
        Lease lease = settled();
        for (int tick = 1; tick <= 8; tick++) {
            look(Duration.ofMillis(100), lease);
        }
        assertEquals(20, ticksUntilSuspect(settle(beatAfter(lease))));
    }

    @Test
    void anObserverThatWasHeldUpSuspectsNobody() {
        Lease lease = settled();
        look(Duration.ofMinutes(10), lease);
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
    }

    @Test
    void aStoreThatStandsStillMakesNobodySuspect() {
        Lease lease = settled();
        for (int tick = 1; tick <= 200; tick++) {
            lookInVain(Duration.ofMillis(100), lease);
            assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "after " + tick + " ticks");
        }
        look(Duration.ofMillis(100), lease);
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER), "the observer's beat came first");
        lease = beatAfter(lease);
        look(Duration.ofMillis(100), lease);
        assertEquals(20, ticksUntilSuspect(lease), "the stall was no beat of its own");
    }

    /// Whoever hangs with the store's write lock silences all.
    @Test
    void aStallThatDoesNotEndMakesEverybodySuspect() {
        Lease lease = settled();
        for (int tick = 1; tick <= 220; tick++) {
            lookInVain(Duration.ofMillis(100), lease);
        }
        assertEquals(Vitality.ALIVE, detector.vitality(HOLDER));
        lookInVain(Duration.ofMillis(100), lease);
        assertEquals(Vitality.SUSPECT, detector.vitality(HOLDER));
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
        detector.look(Set.of(HOLDER), Map.of(SELF, own), SELF, nowNanos);
        assertEquals(Vitality.STARTING, detector.vitality(HOLDER));
    }

    private int ticksUntilSuspect(Lease lease) {
        for (int tick = 1; ; tick++) {
            look(Duration.ofMillis(100), lease);
            if (detector.vitality(HOLDER) == Vitality.SUSPECT) {
                return tick - 1;
            }
        }
    }

    private Lease settled() {
        return settle(new Lease(1, 1, "pid 1"));
    }

    /// Twenty seconds of regular beats.
    private Lease settle(Lease lease) {
        Lease last = lease;
        for (int beat = 0; beat < 100; beat++) {
            look(Duration.ofMillis(200), last);
            last = beatAfter(last);
        }
        look(Duration.ofMillis(200), last);
        return last;
    }

    private static Lease beatAfter(Lease lease) {
        return new Lease(lease.epoch(), lease.heartbeat() + 1, lease.owner());
    }

    /// With the observer's own heartbeat in the store.
    private void look(Duration later, Lease lease) {
        own = new Lease(own.epoch(), own.heartbeat() + 1, own.owner());
        lookInVain(later, lease);
    }

    /// Not even the observer's own heartbeat has reached the store.
    private void lookInVain(Duration later, Lease lease) {
        nowNanos += later.toNanos();
        detector.look(Set.of(HOLDER), Map.of(HOLDER, lease, SELF, own), SELF, nowNanos);
    }
}
