package org.edgeplex.controller.reconcile;

import java.util.Set;
import org.edgeplex.openflow.SteeringPlan;

/// What this life of the controller knows of the switch's flows.
public sealed interface AppliedSteering {
    /// Nothing yet: flows of an earlier life may be there, and are right until proven otherwise.
    record Unknown() implements AppliedSteering {}

    record Applied(SteeringPlan plan, Set<String> missingPorts) implements AppliedSteering {
        public Applied {
            missingPorts = Set.copyOf(missingPorts);
        }
    }
}
