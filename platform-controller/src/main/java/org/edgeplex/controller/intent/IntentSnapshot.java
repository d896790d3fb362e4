package org.edgeplex.controller.intent;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All intents at one moment, in the order of their names.
public record IntentSnapshot(
        SortedMap<String, Held<VpnService>> services,
        SortedMap<NodeId, Held<VpnNode>> nodes,
        SortedMap<AccessId, Held<VpnNetworkAccess>> accesses) {

    public IntentSnapshot {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        accesses = Collections.unmodifiableSortedMap(new TreeMap<>(accesses));
    }

    public List<NodeId> nodesOf(String service) {
        return nodes.keySet().stream().filter(id -> id.service().equals(service)).toList();
    }

    public List<AccessId> accessesOf(NodeId node) {
        return accesses.keySet().stream().filter(id -> id.node().equals(node)).toList();
    }

    /// Whether the service is on its way out, or not there any more.
    public boolean isWithdrawn(String service) {
        return !services.containsKey(service) || services.get(service).isWithdrawing();
    }

    /// A node goes with its service.
    public boolean isWithdrawn(NodeId node) {
        return isWithdrawn(node.service())
                || !nodes.containsKey(node)
                || nodes.get(node).isWithdrawing();
    }

    /// An access goes with its node.
    public boolean isWithdrawn(AccessId access) {
        return isWithdrawn(access.node())
                || !accesses.containsKey(access)
                || accesses.get(access).isWithdrawing();
    }
}
