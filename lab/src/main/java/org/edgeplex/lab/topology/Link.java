package org.edgeplex.lab.topology;

import java.util.Optional;

/// A cable between two nodes.
public record Link(Endpoint a, Endpoint b, int mtuBytes) {
    public static final int MTU_BYTES = 1500;

    /// The node's own end, if the cable ends there.
    public Optional<Endpoint> endAt(String node) {
        return a.node().equals(node)
                ? Optional.of(a)
                : b.node().equals(node) ? Optional.of(b) : Optional.empty();
    }

    public Endpoint otherEnd(Endpoint end) {
        return end.equals(a) ? b : a;
    }
}
