package org.edgeplex.lab.simulation;

import java.util.List;

/// A seed that broke an invariant, made small.
///
/// @param faults what had to go wrong for it
/// @param faultsDrawn how many went wrong at first
/// @param runs how many were tried to make it small
/// @param trace the last events
public record Failure(
        long seed,
        String scenario,
        Violation violation,
        List<String> faults,
        int faultsDrawn,
        int runs,
        List<String> trace) {
    public Failure {
        faults = List.copyOf(faults);
        trace = List.copyOf(trace);
    }

    /// For people; ends with how to see it again.
    public String report() {
        StringBuilder text = new StringBuilder();
        text.append(
                "seed %d, scenario %s: broken: %s\n"
                        .formatted(seed, scenario, violation.invariant()));
        violation.detail().lines().forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("faults, %d of %d:\n".formatted(faults.size(), faultsDrawn));
        faults.forEach(fault -> text.append("    ").append(fault).append('\n'));
        text.append("the last events:\n");
        trace.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("again: edgeplex simulate --scenario %s --seed %d".formatted(scenario, seed));
        return text.toString();
    }
}
