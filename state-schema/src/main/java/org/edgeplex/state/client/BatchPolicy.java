package org.edgeplex.state.client;

/// When a batch leaves: a function of arrivals, without a clock.
///
/// With nothing under way an operation leaves at once. While a batch is under way, the next waits
/// until it is as deep as the arrivals of `ageMax` would make it, and no longer than that: at a low
/// rate that is a depth of one, so nothing waits for company that does not come; at a high rate the
/// batches are full.
final class BatchPolicy {
    /// Of the smoothed gap between arrivals: the weight of the newest is one in so many.
    private static final int SMOOTHING = 8;

    private final BatchLimits limits;
    private final long ageMaxNanos;
    private double gapNanos;
    private long lastArrivalNanos;
    private boolean begun;

    BatchPolicy(BatchLimits limits) {
        this.limits = limits;
        this.ageMaxNanos = limits.ageMax().toNanos();
        this.gapNanos = ageMaxNanos;
    }

    /// @param count that arrived since the last call, one at least
    void arrived(int count, long nowNanos) {
        // A pause says no more than that the rate is low: it must not outweigh what follows.
        long sinceNanos = begun ? Math.min(nowNanos - lastArrivalNanos, 2 * ageMaxNanos) : 0;
        double sample = begun ? (double) sinceNanos / count : ageMaxNanos;
        double weight = Math.min(1.0, (double) count / SMOOTHING);
        gapNanos += (sample - gapNanos) * weight;
        lastArrivalNanos = nowNanos;
        begun = true;
    }

    /// How many operations a batch waits for while another is under way.
    int depth() {
        double expected = ageMaxNanos / Math.max(1.0, gapNanos);
        return (int) Math.max(1, Math.min(limits.itemsMax(), expected));
    }

    boolean leaves(int waiting, long oldestAgeNanos, int batchesUnderWay) {
        return batchesUnderWay == 0 || waiting >= depth() || oldestAgeNanos >= ageMaxNanos;
    }
}
