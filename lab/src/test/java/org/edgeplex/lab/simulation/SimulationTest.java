package org.edgeplex.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    /// As many as CI has time for.
    private static final int SEEDS = 2_000;

    static List<String> scenarios() {
        return Scenarios.names();
    }

    @Test
    void everyInvariantHoldsForEverySeed() {
        Campaign.Result result = new Campaign(Scenarios.names()).run(1, SEEDS, (_, _) -> {});
        assertEquals("", result.failure().map(Failure::report).orElse(""));
        assertEquals(SEEDS, result.seeds());
        assertTrue(result.events() > 100L * SEEDS, "events: " + result.events());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theSameSeedIsTheSameRun(String name) {
        Simulation simulation = new Simulation(4711, () -> Scenarios.named(name).orElseThrow());
        FaultPlan plan = simulation.run().plan();
        Simulation.Outcome first = simulation.run(plan, true);
        assertEquals(first, simulation.run(plan, true));
        assertTrue(first.lines().size() > 10);
    }

    @Test
    void aScenarioThatDoesNotExistIsNamed() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Campaign(List.of("war")));
        assertTrue(String.valueOf(e.getMessage()).contains("writers"), e.getMessage());
    }
}
