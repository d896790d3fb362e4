package org.edgeplex.state.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// One operation of several subjects, in turns: see the package.
final class Rounds {
    static final int COUNT = 6;

    /// As many before them that are not counted: until all is compiled as well as it will be.
    static final int UNCOUNTED = 6;

    private static final double MEDIAN = 50;

    private final Map<Subject, Histogram> all = new LinkedHashMap<>();
    private final Map<Subject, List<Double>> medians = new LinkedHashMap<>();

    private Rounds() {}

    static Rounds of(List<Subject> subjects, Operation operation, int batch, long sliceNanos) {
        Rounds rounds = new Rounds();
        for (int round = 0; round < UNCOUNTED; round++) {
            subjects.forEach(subject -> subject.run(operation, batch, sliceNanos));
        }
        for (int round = 0; round < COUNT; round++) {
            List<Subject> order = new ArrayList<>(subjects);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Subject subject : order) {
                rounds.add(subject, subject.run(operation, batch, sliceNanos));
            }
        }
        return rounds;
    }

    private void add(Subject subject, Histogram slice) {
        all.computeIfAbsent(subject, _ -> Calls.newHistogram()).add(slice);
        medians.computeIfAbsent(subject, _ -> new ArrayList<>())
                .add((double) slice.getValueAtPercentile(MEDIAN));
    }

    /// How long the calls took, in nanoseconds.
    Histogram of(Subject subject) {
        Histogram histogram = all.get(subject);
        if (histogram == null) {
            throw new IllegalArgumentException(subject.name() + " did not take part");
        }
        return histogram;
    }

    /// How much longer a call takes.
    double ratio(Subject subject, Subject base) {
        return ratio(
                medians.getOrDefault(subject, List.of()), medians.getOrDefault(base, List.of()));
    }

    private static double ratio(List<Double> times, List<Double> baseTimes) {
        double[] ratios = new double[times.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = times.get(i) / baseTimes.get(i);
        }
        Arrays.sort(ratios);
        int middle = ratios.length / 2;
        return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
    }
}
