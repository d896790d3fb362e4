package org.edgeplex.controller.intent;

/// The name of a vpn-node: `vpn-service/vpn-node`.
public record NodeId(String service, String node) implements Comparable<NodeId> {
    public static NodeId parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not the name of a vpn-node: " + key);
        }
        return new NodeId(parts[0], parts[1]);
    }

    @Override
    public int compareTo(NodeId other) {
        return toString().compareTo(other.toString());
    }

    /// Its key in the store.
    @Override
    public String toString() {
        return service + '/' + node;
    }
}
