package org.edgeplex.lab.idle;

/// The nearest rank.
final class Percentile {
    private Percentile() {}

    /// The smallest value that so many percent do not exceed.
    ///
    /// @param sorted at least one
    static double of(double[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }
}
