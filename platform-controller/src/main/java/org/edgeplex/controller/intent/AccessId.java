package org.edgeplex.controller.intent;

/// The name of a vpn-network-access: `vpn-service/vpn-node/vpn-network-access`.
public record AccessId(NodeId node, String access) implements Comparable<AccessId> {
    public static AccessId parse(String key) {
        int slash = key.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not the name of a vpn-network-access: " + key);
        }
        return new AccessId(NodeId.parse(key.substring(0, slash)), key.substring(slash + 1));
    }

    @Override
    public int compareTo(AccessId other) {
        return toString().compareTo(other.toString());
    }

    /// Its key in the store, and the subject of its events.
    @Override
    public String toString() {
        return node + "/" + access;
    }
}
