package org.edgeplex.ldp.fsm;

import java.util.List;

/// The answer of the hello adjacency machine to one event.
public record AdjacencyTransition(AdjacencyState next, List<AdjacencyAction> actions) {
    static AdjacencyTransition to(AdjacencyState next, AdjacencyAction... actions) {
        return new AdjacencyTransition(next, List.of(actions));
    }
}
