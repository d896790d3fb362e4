package org.edgeplex.dataplane.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Measures two pieces of work against each other.
final class Rounds {
    /// Even, so that each order has as many.
    private static final int ROUNDS = 24;

    private static final long SLICE = 300_000;
    private static final long WARM_SLICE = 300_000;
    private static final long QUIET_NANOS = 1_500_000_000L;
    private static final long WARM_NANOS_MAX = 15_000_000_000L;

    /// Work on a number of packets or lookups; returns the thread's CPU time that it took.
    @FunctionalInterface
    interface Work {
        long run(long count);
    }

    /// @param ratio how many times faster ours is than theirs
    /// @param ours nanoseconds for one
    /// @param theirs nanoseconds for one
    record Result(double ratio, double ours, double theirs) {}

    private Rounds() {}

    /// Runs until the compiler has had nothing to do for a while: it shares the CPUs with others.
    static void warmUp(Work work) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long end = System.nanoTime() + WARM_NANOS_MAX;
        long quietSince = System.nanoTime();
        long compiled = compiler.getTotalCompilationTime();
        while (System.nanoTime() - quietSince < QUIET_NANOS && System.nanoTime() < end) {
            long ignored = work.run(SLICE);
            long now = compiler.getTotalCompilationTime();
            if (now != compiled) {
                compiled = now;
                quietSince = System.nanoTime();
            }
        }
    }

    static Result compare(Work ours, Work theirs) {
        double[] oursFirst = new double[ROUNDS / 2];
        double[] oursSecond = new double[ROUNDS / 2];
        double[] theirsFirst = new double[ROUNDS / 2];
        double[] theirsSecond = new double[ROUNDS / 2];
        for (int i = 0; i < ROUNDS / 2; i++) {
            oursFirst[i] = timed(ours);
            theirsSecond[i] = timed(theirs);
            theirsFirst[i] = timed(theirs);
            oursSecond[i] = timed(ours);
        }
        double one = median(theirsSecond) / median(oursFirst);
        double two = median(theirsFirst) / median(oursSecond);
        double mine = Math.sqrt(median(oursFirst) * median(oursSecond));
        double other = Math.sqrt(median(theirsFirst) * median(theirsSecond));
        return new Result(Math.sqrt(one * two), mine, other);
    }

    private static double timed(Work work) {
        long ignored = work.run(WARM_SLICE);
        return (double) work.run(SLICE) / SLICE;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
