package org.edgeplex.lab.simulation;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.memory.MemoryStateStore;

/// Runs of one seed: as it is drawn, or with other faults. The same seed and the same faults give
/// the same run.
final class Simulation {
    private final long seed;
    private final Supplier<Scenario> scenario;
    private final Supplier<StateStore> engine;

    /// What came of a run.
    ///
    /// @param lines the last events, when it was traced
    /// @param events how many there were in all
    record Outcome(
            Optional<Violation> violation, FaultPlan plan, List<String> lines, long events) {}

    Simulation(long seed, Supplier<Scenario> scenario) {
        this(seed, scenario, MemoryStateStore::new);
    }

    Simulation(long seed, Supplier<Scenario> scenario, Supplier<StateStore> engine) {
        this.seed = seed;
        this.scenario = scenario;
        this.engine = engine;
    }

    long seed() {
        return seed;
    }

    String scenarioName() {
        return scenario.get().name();
    }

    Outcome run() {
        return run(Optional.empty(), false);
    }

    Outcome run(FaultPlan plan, boolean isTraced) {
        return run(Optional.of(plan), isTraced);
    }

    private Outcome run(Optional<FaultPlan> given, boolean isTraced) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        // A thread like those of the strands: to give way to each other is cheap for them.
        Thread.ofVirtual()
                .name("simulation")
                .start(() -> {
                    try {
                        outcome.complete(runHere(given, isTraced));
                    } catch (RuntimeException | Error e) {
                        outcome.completeExceptionally(e);
                    }
                });
        return outcome.join();
    }

    private Outcome runHere(Optional<FaultPlan> given, boolean isTraced) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom ofFaults = random.split();
        try (StateStore store = engine.get()) {
            World world = new World(random, store, isTraced);
            scenario.get().settle(world);
            FaultPlan plan = given.orElseGet(() -> FaultPlan.draw(ofFaults, world.names()));
            Optional<Violation> violation = world.run(plan);
            return new Outcome(violation, plan, world.trace().lines(), world.loop().count());
        }
    }
}
