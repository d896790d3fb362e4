package org.edgeplex.controller.reconcile;

import java.util.List;
import org.edgeplex.controller.compute.RunningProgram;

/// A compute host as it is.
///
/// @param takesPvms false: it is the CVM's own
/// @param problem why nothing can be started there; empty: something can
public record ObservedHost(
        String name, boolean takesPvms, String problem, List<RunningProgram> programs) {
    public ObservedHost {
        programs = List.copyOf(programs);
    }

    public boolean isHealthy() {
        return problem.isEmpty();
    }
}
