package org.edgeplex.lab.idle;

/// The nearest rank.
final class Percentile {
    private Percentile() {}

    /// The smallest value that so many percent do not exceed; 0 of no values.
    static double of(double[] sorted, int percent) {
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return rank == 0 ? 0 : sorted[rank - 1];
    }
}
