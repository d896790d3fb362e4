package org.edgeplex.bgp.wire;

import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.RouteDistinguisher;

/// The identity of a route within a peer: what a withdrawal names, and the key of any table.
public sealed interface Nlri {
    AddressFamily family();

    Ipv4Prefix prefix();

    /// IPv4 unicast.
    record Ipv4(Ipv4Prefix prefix) implements Nlri {
        @Override
        public AddressFamily family() {
            return AddressFamily.IPV4_UNICAST;
        }

        @Override
        public String toString() {
            return prefix.toString();
        }
    }

    /// VPN-IPv4 (RFC 4364, section 4.1). The label is not part of the identity.
    record VpnIpv4(RouteDistinguisher routeDistinguisher, Ipv4Prefix prefix) implements Nlri {
        @Override
        public AddressFamily family() {
            return AddressFamily.VPN_IPV4;
        }

        @Override
        public String toString() {
            return routeDistinguisher + ":" + prefix;
        }
    }
}
