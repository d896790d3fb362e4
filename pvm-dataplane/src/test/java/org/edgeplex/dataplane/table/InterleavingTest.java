package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.edgeplex.dataplane.interleaving.Interleavings;
import org.edgeplex.dataplane.interleaving.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every order in which a reader's loads may fall between the stores of a change.
class InterleavingTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                CuckooScenarios.MovingUnderLookup.class,
                CuckooScenarios.MovingUnderBurst.class,
                CuckooScenarios.Replacing.class,
            })
    void aReaderMayBeHeldUpTwice(Class<? extends Scenario> scenario) throws Exception {
        assertTrue(Interleavings.explore(scenario, 2) > 100);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CuckooScenarios.Growing.class,
                RouteScenarios.ReusingAfterGrace.class,
                RouteScenarios.Nested.class,
                RouteScenarios.Beside.class,
                RouteScenarios.NestedIpv6.class,
            })
    void aReaderMayBeHeldUpOnce(Class<? extends Scenario> scenario) throws Exception {
        assertTrue(Interleavings.explore(scenario, 1) > 100);
    }

    @Test
    void aMoveThatIsNotCountedIsFound() {
        assertThrows(
                AssertionError.class,
                () ->
                        Interleavings.explore(
                                CuckooScenarios.MovingUnderLookup.class, 1, Set.of("moves")));
    }

    @Test
    void aBlockThatIsUsedAgainTooEarlyIsFound() {
        assertThrows(
                AssertionError.class,
                () -> Interleavings.explore(RouteScenarios.ReusingAtOnce.class, 1));
    }
}
