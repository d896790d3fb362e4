package org.edgeplex.dataplane.forward;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Where a route leads, and what that does to the packet.
public sealed interface Adjacency {
    /// Another site through the core: an LSP without a transport label, because the next hop asked
    /// for its removal (implicit null) or is this PE itself.
    record Direct(MacAddress destination, MacAddress source, MplsLabel vpnLabel)
            implements Adjacency {}

    /// Another site through the core: transport label on top of the VPN label.
    record Tunnelled(
            MacAddress destination, MacAddress source, MplsLabel transportLabel, MplsLabel vpnLabel)
            implements Adjacency {
        public Tunnelled {
            if (transportLabel.equals(MplsLabel.IMPLICIT_NULL)) {
                throw new IllegalArgumentException("implicit null is never sent (RFC 3032)");
            }
        }
    }

    /// The connected subnet: the destination itself is the neighbour.
    record Connected() implements Adjacency {}

    /// Behind the customer's router.
    record Via(Ipv4Address nextHop) implements Adjacency {}

    /// A route whose next hop cannot be reached now.
    record Unreachable() implements Adjacency {}
}
