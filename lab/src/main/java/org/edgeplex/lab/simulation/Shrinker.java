package org.edgeplex.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a failing run small: leaves out faults, makes them and the run shorter, as long as the
/// same invariant still breaks.
final class Shrinker {
    private static final int RUNS_MAX = 400;
    private static final int MILLIS_MIN = 10;

    private final Simulation simulation;
    private final String invariant;
    private FaultPlan smallest;
    private int runs;

    private Shrinker(Simulation simulation, String invariant, FaultPlan failing) {
        this.simulation = simulation;
        this.invariant = invariant;
        this.smallest = failing;
    }

    static Failure shrink(Simulation simulation, FaultPlan failing, Violation violation) {
        Shrinker shrinker = new Shrinker(simulation, violation.invariant(), failing);
        shrinker.shrink();
        Simulation.Outcome last = simulation.run(shrinker.smallest, true);
        return new Failure(
                simulation.seed(),
                simulation.scenarioName(),
                last.violation().orElse(violation),
                shrinker.smallest.faults().stream().map(Fault::toString).toList(),
                failing.faults().size(),
                shrinker.runs,
                last.lines());
    }

    private void shrink() {
        boolean isSmaller = true;
        while (isSmaller && runs < RUNS_MAX) {
            boolean isFewer = withoutSome();
            boolean isShorter = withShorter();
            isSmaller = withLessTime() || isFewer || isShorter;
        }
    }

    /// Halves first, then quarters, down to one after the other.
    private boolean withoutSome() {
        boolean isSmaller = false;
        for (int size = Math.max(1, smallest.faults().size() / 2); size > 0; size /= 2) {
            int from = 0;
            while (from < smallest.faults().size()) {
                List<Fault> fewer = new ArrayList<>(smallest.faults());
                fewer.subList(from, Math.min(fewer.size(), from + size)).clear();
                if (keeps(smallest.with(fewer))) {
                    isSmaller = true;
                } else {
                    from += size;
                }
            }
        }
        return isSmaller;
    }

    private boolean withShorter() {
        boolean isSmaller = false;
        for (int i = 0; i < smallest.faults().size(); i++) {
            Optional<Fault> shorter = smallest.faults().get(i).halved();
            if (shorter.isPresent()) {
                List<Fault> faults = new ArrayList<>(smallest.faults());
                faults.set(i, shorter.get());
                isSmaller |= keeps(smallest.with(faults));
            }
        }
        return isSmaller;
    }

    private boolean withLessTime() {
        int half = smallest.faultsMillis() / 2;
        return half >= MILLIS_MIN && keeps(new FaultPlan(smallest.faults(), half));
    }

    private boolean keeps(FaultPlan plan) {
        if (runs >= RUNS_MAX) {
            return false;
        }
        runs++;
        boolean isBroken =
                simulation.run(plan, false).violation().stream()
                        .anyMatch(violation -> violation.invariant().equals(invariant));
        if (isBroken) {
            smallest = plan;
        }
        return isBroken;
    }
}
