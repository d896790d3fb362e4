package org.edgeplex.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.edgeplex.state.StateStore;
import org.junit.jupiter.api.Test;

/// A simulation that cannot fail proves nothing: mistakes that real programs and engines make are
/// found within a few seeds, and told in few faults.
class PlantedMistakesTest {
    private static final int SEEDS_MAX = 200;

    @Test
    void aStoreThatDoesNotFenceIsFound() {
        Failure failure =
                find(WritersScenario::new, () -> new FaultyEngine(FaultyEngine.Mistake.NO_FENCING));
        assertEquals("every history has an explanation", failure.violation().invariant());
        assertTrue(failure.faults().size() <= 2, failure::report);
        assertTrue(
                failure.faults().stream().anyMatch(each -> each.startsWith("Supersede")),
                failure::report);
    }

    @Test
    void aStoreThatForgetsAnAcknowledgedWriteIsFound() {
        Failure failure =
                find(WritersScenario::new, () -> new FaultyEngine(FaultyEngine.Mistake.LOST_WRITE));
        assertEquals("every history has an explanation", failure.violation().invariant());
        assertEquals(0, failure.faults().size(), failure::report);
    }

    @Test
    void aStoreThatChecksNoConditionIsFound() {
        Failure failure =
                find(
                        WritersScenario::new,
                        () -> new FaultyEngine(FaultyEngine.Mistake.NO_CONDITIONS));
        assertTrue(failure.faults().size() <= 3, failure::report);
    }

    @Test
    void aCursorThatMissesAChangeIsFound() {
        Failure failure =
                find(
                        FollowersScenario::new,
                        () -> new FaultyEngine(FaultyEngine.Mistake.MISSED_CHANGES));
        assertTrue(
                failure.violation().invariant().startsWith("in the end the mirror of"),
                failure::report);
    }

    @Test
    void anAllocatorWhoseZombieIsNotFencedBindsALabelTwice() {
        Failure failure =
                find(LabelsScenario::new, () -> new FaultyEngine(FaultyEngine.Mistake.NO_FENCING));
        assertTrue(failure.faults().size() <= 3, failure::report);
    }

    @Test
    void aTimerThatWhoLostItsShardClaimsIsFound() {
        Failure failure =
                find(TimersScenario::new, () -> new FaultyEngine(FaultyEngine.Mistake.NO_FENCING));
        assertEquals("only the owner of its shard claims a timer", failure.violation().invariant());
        assertTrue(failure.faults().size() <= 3, failure::report);
    }

    @Test
    void aTimerThatIsCancelledWhileItIsClaimedIsFound() {
        Failure failure =
                find(
                        TimersScenario::new,
                        () -> new FaultyEngine(FaultyEngine.Mistake.NO_CONDITIONS));
        assertEquals("no timer fires that was cancelled", failure.violation().invariant());
    }

    @Test
    void anOwnerOfTimersWhoMissesAChangeIsFound() {
        Failure failure =
                find(
                        TimersScenario::new,
                        () -> new FaultyEngine(FaultyEngine.Mistake.MISSED_CHANGES));
        assertTrue(failure.violation().invariant().contains("fires"), failure::report);
    }

    @Test
    void aFailureIsTheSameWhenItsSeedIsRunAgain() {
        Supplier<StateStore> engine = () -> new FaultyEngine(FaultyEngine.Mistake.NO_FENCING);
        Failure first = find(WritersScenario::new, engine);
        Simulation again = new Simulation(first.seed(), WritersScenario::new, engine);
        Simulation.Outcome outcome = again.run();
        Failure second = Shrinker.shrink(again, outcome.plan(), outcome.violation().orElseThrow());
        assertEquals(first, second);
        assertTrue(first.report().contains("simulate --scenario writers --seed " + first.seed()));
    }

    private static Failure find(Supplier<Scenario> scenario, Supplier<StateStore> engine) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            Simulation simulation = new Simulation(seed, scenario, engine);
            Simulation.Outcome outcome = simulation.run();
            if (outcome.violation().isPresent()) {
                return Shrinker.shrink(
                        simulation, outcome.plan(), outcome.violation().orElseThrow());
            }
        }
        throw new AssertionError("not found in " + SEEDS_MAX + " seeds");
    }
}
