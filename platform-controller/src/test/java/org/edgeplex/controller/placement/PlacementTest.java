package org.edgeplex.controller.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.edgeplex.controller.placement.Placement.Candidate;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void theLeastLoadedHealthyHostIsChosen() {
        assertEquals(
                Optional.of("h3"),
                Placement.choose(
                        List.of(
                                new Candidate("h1", true, 2),
                                new Candidate("h2", false, 0),
                                new Candidate("h3", true, 1))));
    }

    @Test
    void equalsAreTakenByName() {
        assertEquals(
                Optional.of("h1"),
                Placement.choose(
                        List.of(new Candidate("h2", true, 1), new Candidate("h1", true, 1))));
    }

    @Test
    void withoutAHealthyHostThereIsNone() {
        assertEquals(Optional.empty(), Placement.choose(List.of(new Candidate("h1", false, 0))));
    }
}
