package org.edgeplex.state.bench;

import java.util.Optional;
import org.edgeplex.state.StateStore;

/// An engine to measure, and what its store's interface is weighed against.
///
/// @param name in the names of the figures
/// @param opener opens the store, for one more user each time
/// @param base what the same work costs without the interface, if that can be had
/// @param baseName `c`, or `raw`
/// @param why there is no base
record Engine(String name, Opener opener, Optional<Subject> base, String baseName, String why) {
    @FunctionalInterface
    interface Opener {
        StateStore open();
    }
}
