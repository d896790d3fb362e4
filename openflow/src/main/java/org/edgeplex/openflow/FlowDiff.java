package org.edgeplex.openflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way from the flows that are to the flows that shall be.
///
/// @param adds new flows, and flows that replace one of ours with another cookie or with a timeout,
///   neither of which a modify can change (OpenFlow 1.4.0, section 6.4)
/// @param modifies other actions for a flow that is there: its counters and duration go on
/// @param deletes flows of ours that the plan does not have
/// @param foreign flows that are not ours: never touched
/// @param shadowed flows of the plan whose place a foreign flow has
public record FlowDiff(
        List<Flow> adds,
        List<Flow> modifies,
        List<Flow> deletes,
        List<FlowEntry> foreign,
        List<Flow> shadowed) {
    public FlowDiff {
        adds = List.copyOf(adds);
        modifies = List.copyOf(modifies);
        deletes = List.copyOf(deletes);
        foreign = List.copyOf(foreign);
        shadowed = List.copyOf(shadowed);
    }

    public static FlowDiff between(List<Flow> desired, List<FlowEntry> observed) {
        Map<Flow.Key, FlowEntry> present = new LinkedHashMap<>();
        observed.forEach(entry -> present.put(entry.flow().key(), entry));
        List<Flow> adds = new ArrayList<>();
        List<Flow> modifies = new ArrayList<>();
        List<Flow> shadowed = new ArrayList<>();
        Map<Flow.Key, Flow> wanted = new HashMap<>();
        for (Flow flow : desired) {
            if (!flow.isOurs() || wanted.put(flow.key(), flow) != null) {
                throw new IllegalArgumentException("foreign or planned twice: " + flow);
            }
            FlowEntry entry = present.get(flow.key());
            if (entry == null) {
                adds.add(flow);
            } else if (!entry.flow().isOurs()) {
                shadowed.add(flow);
            } else if (entry.cookie() != flow.cookie() || entry.expires()) {
                adds.add(flow);
            } else if (!entry.flow().actions().equals(flow.actions())) {
                modifies.add(flow);
            }
        }
        List<Flow> deletes = new ArrayList<>();
        List<FlowEntry> foreign = new ArrayList<>();
        for (FlowEntry entry : observed) {
            if (!entry.flow().isOurs()) {
                foreign.add(entry);
            } else if (!wanted.containsKey(entry.flow().key())) {
                deletes.add(entry.flow());
            }
        }
        return new FlowDiff(adds, modifies, deletes, foreign, shadowed);
    }

    public boolean isEmpty() {
        return adds.isEmpty() && modifies.isEmpty() && deletes.isEmpty();
    }
}
