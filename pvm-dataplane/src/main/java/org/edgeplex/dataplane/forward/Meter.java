package org.edgeplex.dataplane.forward;

/// The two token buckets of a [Policer] (RFC 2697, section 3), in billionths of a byte: a rate in
/// bytes a second is so many of these a nanosecond, and nothing is rounded.
final class Meter {
    static final int GREEN = 0;
    static final int YELLOW = 1;
    static final int RED = 2;

    private static final long PARTS_PER_BYTE = 1_000_000_000L;

    private final long partsPerNano;
    private final long committedMax;
    private final long excessMax;

    /// After so long both buckets are full; so no product is too large.
    private final long fillNanos;

    private long committed;
    private long excess;
    private long filledNanos;
    private boolean isStarted;

    Meter(Policer policer) {
        partsPerNano = policer.bytesPerSecond();
        committedMax = policer.committedBurstBytes() * PARTS_PER_BYTE;
        excessMax = policer.excessBurstBytes() * PARTS_PER_BYTE;
        fillNanos = (committedMax + excessMax) / partsPerNano + 1;
        committed = committedMax;
        excess = excessMax;
    }

    /// Takes the bytes from the bucket that has them.
    int color(int bytes, long nowNanos) {
        fill(nowNanos);
        long parts = bytes * PARTS_PER_BYTE;
        if (committed >= parts) {
            committed -= parts;
            return GREEN;
        }
        if (excess >= parts) {
            excess -= parts;
            return YELLOW;
        }
        return RED;
    }

    /// The excess bucket gets what the committed one has no room for.
    private void fill(long nowNanos) {
        if (!isStarted) {
            filledNanos = nowNanos;
            isStarted = true;
        }
        long nanos = Math.min(nowNanos - filledNanos, fillNanos);
        if (nanos <= 0) {
            return;
        }
        filledNanos = nowNanos;
        committed += nanos * partsPerNano;
        if (committed > committedMax) {
            excess = Math.min(excessMax, excess + committed - committedMax);
            committed = committedMax;
        }
    }
}
