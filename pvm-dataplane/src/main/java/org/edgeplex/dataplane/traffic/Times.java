package org.edgeplex.dataplane.traffic;

import org.HdrHistogram.Histogram;

/// How long packets took, in nanoseconds.
///
/// @param jitterMean the mean change from one packet of a flow to the next that arrived (RFC 3393)
/// @param jitterP99 [#UNKNOWN] for a single flow
record Times(
        double p50,
        double p99,
        double p999,
        double max,
        double mean,
        double jitterMean,
        double jitterP99) {
    /// Not kept: there are too many flows.
    static final double UNKNOWN = -1;

    static final Times NONE =
            new Times(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

    static Times of(Histogram ages, Histogram variations) {
        return of(ages, variations.getMean(), at(variations, 99));
    }

    static Times of(Histogram ages, double jitterMean) {
        return of(ages, jitterMean, UNKNOWN);
    }

    private static Times of(Histogram ages, double jitterMean, double jitterP99) {
        return new Times(
                at(ages, 50),
                at(ages, 99),
                at(ages, 99.9),
                (double) ages.getMaxValue(),
                ages.getMean(),
                jitterMean,
                jitterP99);
    }

    static Times of(long record, long count, double jitterMean) {
        double max = (double) FlowRecords.get(record, FlowRecords.AGE_MAX);
        long sum = FlowRecords.get(record, FlowRecords.AGE_SUM);
        double mean = count == 0 ? 0 : (double) sum / count;
        return new Times(UNKNOWN, UNKNOWN, UNKNOWN, max, mean, jitterMean, UNKNOWN);
    }

    private static double at(Histogram histogram, double percentile) {
        return (double) histogram.getValueAtPercentile(percentile);
    }
}
