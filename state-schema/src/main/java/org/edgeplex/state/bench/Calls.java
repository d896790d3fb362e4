package org.edgeplex.state.bench;

import org.HdrHistogram.Histogram;

/// Times calls one after the other.
final class Calls {
    private static final int DIGITS = 3;

    private Calls() {}

    static Histogram newHistogram() {
        return new Histogram(DIGITS);
    }

    /// Repeats a call for about so long.
    static Histogram timed(Runnable call, long nanos) {
        return timed(call, 1, nanos);
    }

    /// For calls that take hardly longer than a look at the clock: so many between two looks.
    static Histogram timed(Runnable call, int repeat, long nanos) {
        Histogram histogram = newHistogram();
        long startNanos = System.nanoTime();
        long beganNanos = startNanos;
        do {
            for (int i = 0; i < repeat; i++) {
                call.run();
            }
            long endNanos = System.nanoTime();
            histogram.recordValueWithCount((endNanos - beganNanos) / repeat, repeat);
            beganNanos = endNanos;
        } while (beganNanos - startNanos < nanos);
        return histogram;
    }
}
