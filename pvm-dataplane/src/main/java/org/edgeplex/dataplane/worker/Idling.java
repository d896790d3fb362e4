package org.edgeplex.dataplane.worker;

import org.edgeplex.dataplane.io.IdleMode;

/// When a worker without work sleeps, and for how long: a function of time and work alone.
final class Idling {
    /// Instead of a time to sleep: poll again.
    static final long POLL = 0;

    /// Longer than the gap between packets of a busy flow, shorter than a scheduler's tick.
    static final long SPIN_NANOS = 50_000;

    /// Timers are of seconds; a sleep of this length delays them by a tenth.
    static final long SLEEP_NANOS_MAX = 100_000_000;

    /// With a port that cannot wake us, this is the longest wait of a first packet.
    static final long NAP_NANOS_MAX = 1_000_000;

    /// A nap is this part of the time without work: no packet waits for longer than this part of
    /// the gap before it.
    private static final int NAP_PART = 8;

    private final IdleMode mode;
    private final boolean isHeard;
    private long lastWorkNanos;

    /// @param isHeard whether every port can wake the sleeper
    Idling(IdleMode mode, boolean isHeard, long nowNanos) {
        this.mode = mode;
        this.isHeard = isHeard;
        lastWorkNanos = nowNanos;
    }

    /// After a turn: how long to sleep at most, or [#POLL].
    long sleepNanos(int workCount, long nowNanos) {
        if (workCount > 0) {
            lastWorkNanos = nowNanos;
            return POLL;
        }
        long idleNanos = nowNanos - lastWorkNanos;
        return switch (mode) {
            case BUSY -> POLL;
            case ADAPTIVE -> idleNanos < SPIN_NANOS ? POLL : longest(idleNanos);
            case INTERRUPT -> longest(idleNanos);
        };
    }

    private long longest(long idleNanos) {
        return isHeard ? SLEEP_NANOS_MAX : Math.clamp(idleNanos / NAP_PART, 1, NAP_NANOS_MAX);
    }

    /// Whether its sleeps are so short that the kernel should not round them up.
    boolean naps() {
        return mode != IdleMode.BUSY && !isHeard;
    }
}
