package org.edgeplex.cvm.kernel;

import java.util.Map;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;

/// A snapshot: IPv4 routes of the main table through the core interface with their next hop, and
/// the resolved neighbours on it. Of several next hops (ECMP) it is the first that the kernel
/// lists.
public record KernelTables(
        Map<Ipv4Prefix, Ipv4Address> nextHops, Map<Ipv4Address, MacAddress> neighbors) {
    public static final KernelTables EMPTY = new KernelTables(Map.of(), Map.of());

    public KernelTables {
        nextHops = Map.copyOf(nextHops);
        neighbors = Map.copyOf(neighbors);
    }

    /// The next hop of the route for exactly this prefix.
    public Optional<Ipv4Address> nextHop(Ipv4Prefix prefix) {
        return Optional.ofNullable(nextHops.get(prefix));
    }

    public Optional<MacAddress> mac(Ipv4Address neighbor) {
        return Optional.ofNullable(neighbors.get(neighbor));
    }
}
