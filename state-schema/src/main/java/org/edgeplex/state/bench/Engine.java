package org.edgeplex.state.bench;

import java.util.List;
import org.edgeplex.state.StateStore;

/// An engine to measure, and what its store's interface is weighed against.
///
/// @param name in the names of the figures
/// @param opener opens the store, for one more user each time
/// @param objects what it holds
/// @param beside do the same work with less
/// @param pairs which of these and of the engine are compared
/// @param lacks what there should be beside it, and why there is not; or nothing
record Engine(
        String name,
        Opener opener,
        Objects objects,
        List<Subject> beside,
        List<Pair> pairs,
        String lacks) {
    @FunctionalInterface
    interface Opener {
        StateStore open();
    }
}
