package org.edgeplex.lab.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Many seeds, one after the other, until one fails.
public final class Campaign {
    private final List<String> scenarios;

    /// Is told of the progress.
    @FunctionalInterface
    public interface Listener {
        /// So many seeds are done.
        void done(long seeds, long events);
    }

    /// What came of it.
    ///
    /// @param seeds how many were run
    public record Result(long seeds, long events, Optional<Failure> failure) {}

    /// @param scenarios names; a seed runs one of them
    public Campaign(List<String> scenarios) {
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("no scenario");
        }
        for (String name : scenarios) {
            if (!Scenarios.names().contains(name)) {
                throw new IllegalArgumentException(
                        "no scenario "
                                + name
                                + "; there are "
                                + String.join(", ", Scenarios.names()));
            }
        }
        this.scenarios = List.copyOf(scenarios);
    }

    public Result run(long firstSeed, long seeds, Listener listener) {
        long events = 0;
        for (long i = 0; i < seeds; i++) {
            long seed = firstSeed + i;
            Simulation simulation = new Simulation(seed, scenario(seed));
            Simulation.Outcome outcome = simulation.run();
            events += outcome.events();
            if (outcome.violation().isPresent()) {
                Failure failure =
                        Shrinker.shrink(
                                simulation, outcome.plan(), outcome.violation().orElseThrow());
                return new Result(i + 1, events, Optional.of(failure));
            }
            listener.done(i + 1, events);
        }
        return new Result(seeds, events, Optional.empty());
    }

    private Supplier<Scenario> scenario(long seed) {
        String name = scenarios.get((int) Math.floorMod(seed, (long) scenarios.size()));
        return () -> Scenarios.named(name).orElseThrow();
    }
}
