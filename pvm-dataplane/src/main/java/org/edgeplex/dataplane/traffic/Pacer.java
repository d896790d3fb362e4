package org.edgeplex.dataplane.traffic;

/// When the next burst is due, so that a rate holds over any time.
///
/// A sender that was held up catches up what it missed in a short stall; after a longer one the
/// schedule begins anew, for a flood of old packets would measure the stall and not the network.
final class Pacer {
    static final long CATCH_UP_NANOS_MAX = 1_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double intervalNanos;
    private final int burst;
    private long baseNanos;
    private long bursts;
    private long lagNanosMax;
    private long skippedBursts;

    /// @param packetsPerSecond 0 for as many as the port takes
    Pacer(double packetsPerSecond, int burst) {
        this.burst = burst;
        intervalNanos = packetsPerSecond == 0 ? 0 : burst * NANOS_PER_SECOND / packetsPerSecond;
    }

    void start(long nowNanos) {
        baseNanos = nowNanos;
        bursts = 0;
    }

    /// How many packets to send now: none or a burst, which counts as sent.
    int due(long nowNanos) {
        if (intervalNanos == 0) {
            return burst;
        }
        long lagNanos = nowNanos - dueNanos();
        if (lagNanos < 0) {
            return 0;
        }
        if (lagNanos > lagNanosMax) {
            lagNanosMax = lagNanos;
        }
        if (lagNanos > CATCH_UP_NANOS_MAX) {
            skippedBursts += (long) (lagNanos / intervalNanos);
            start(nowNanos);
        }
        bursts++;
        return burst;
    }

    private long dueNanos() {
        return baseNanos + (long) (bursts * intervalNanos);
    }

    /// How late a burst was at most.
    long lagNanosMax() {
        return lagNanosMax;
    }

    /// Packets that were due and not sent, because the sender was held up.
    long skipped() {
        return skippedBursts * burst;
    }
}
