package org.edgeplex.controller.intent;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// A customer's connection to the PE (RFC 9182, section 7.6).
///
/// @param port the port of the switch that leads to the CE
/// @param mtuBytes the largest IP packet on the link
public record VpnNetworkAccess(
        String accessId, String port, Ipv4Link link, int mtuBytes, AccessRouting routing) {

    /// The IPv4 subnet between PE and CE, and the PE's address in it.
    public record Ipv4Link(Ipv4Address providerAddress, int prefixLength) {
        public Ipv4Prefix prefix() {
            return Ipv4Prefix.containing(providerAddress, prefixLength);
        }

        /// Whether a host of the link can have the address; with 31 bits both can (RFC 3021).
        public boolean hasHost(Ipv4Address address) {
            int hostBits = address.bits() & ~Ipv4Prefix.mask(prefixLength);
            return prefix().contains(address)
                    && (prefixLength == Ipv4Prefix.LENGTH_MAX - 1
                            || (hostBits != 0 && hostBits != ~Ipv4Prefix.mask(prefixLength)));
        }
    }
}
