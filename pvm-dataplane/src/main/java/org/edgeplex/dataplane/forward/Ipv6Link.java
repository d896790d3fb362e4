package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;

/// IPv6 on the customer's side of an access.
///
/// @param gateway the PE's address in the connected subnet; the unspecified one where there is no
///   IPv6
public record Ipv6Link(Ipv6Address gateway, int prefixLength) {
    /// An access without IPv6.
    public static final Ipv6Link NONE = new Ipv6Link(Ipv6Address.ANY, Ipv6Prefix.LENGTH_MAX);

    public Ipv6Link {
        if (prefixLength < 1 || prefixLength > Ipv6Prefix.LENGTH_MAX) {
            throw new IllegalArgumentException("subnet length out of range: " + prefixLength);
        }
    }

    boolean isOn() {
        return !gateway.equals(Ipv6Address.ANY);
    }
}
