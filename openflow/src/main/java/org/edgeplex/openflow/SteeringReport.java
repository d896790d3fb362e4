package org.edgeplex.openflow;

import java.util.List;
import java.util.SortedSet;

/// What applying a plan came to.
///
/// @param missingPorts ports of the plan that the switch does not have (yet): flows that need one
///   are not in the switch, neither is an old one that might lead to another's port
/// @param foreign flows that are not ours: left alone
/// @param shadowed flows of the plan that a foreign flow of the same match keeps out
public record SteeringReport(
        int addedCount,
        int modifiedCount,
        int removedCount,
        SortedSet<String> missingPorts,
        List<FlowEntry> foreign,
        List<Flow> shadowed) {
    public static SteeringReport of(FlowDiff diff, SortedSet<String> missingPorts) {
        return new SteeringReport(
                diff.adds().size(),
                diff.modifies().size(),
                diff.deletes().size(),
                missingPorts,
                diff.foreign(),
                diff.shadowed());
    }

    /// Nothing was sent to the switch.
    public boolean isUnchanged() {
        return addedCount + modifiedCount + removedCount == 0;
    }

    /// The whole plan is in the switch.
    public boolean isComplete() {
        return missingPorts.isEmpty() && shadowed.isEmpty();
    }
}
