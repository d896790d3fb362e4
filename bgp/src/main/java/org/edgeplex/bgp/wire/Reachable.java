package org.edgeplex.bgp.wire;

import org.edgeplex.net.MplsLabel;

/// What an announcement says of one route: its identity, and its label where the family has one.
public sealed interface Reachable {
    Nlri nlri();

    /// An IPv4 unicast route.
    record Unlabeled(Nlri.Ipv4 nlri) implements Reachable {
        @Override
        public String toString() {
            return nlri.toString();
        }
    }

    /// A VPN-IPv4 route and the label its next hop wants to see (RFC 8277, section 2.2).
    record Labeled(Nlri.VpnIpv4 nlri, MplsLabel label) implements Reachable {
        @Override
        public String toString() {
            return nlri + " label " + label;
        }
    }
}
