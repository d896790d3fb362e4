package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.net.Ipv4Prefix;

/// One rule of an [Acl]: it is about the packets that meet all of its conditions.
///
/// IPv4 prefixes are kept in their mapped form, ::ffff:0:0/96 (RFC 4291, section 2.5.5.2).
///
/// @param protocol of IPv4, or the upper-layer protocol of IPv6; [#ANY_PROTOCOL]
/// @param sourcePorts other than all: packets without ports do not meet it, nor do fragments but
///   the first
public record AclRule(
        boolean isIpv6,
        Ipv6Prefix source,
        Ipv6Prefix destination,
        int protocol,
        Ports sourcePorts,
        Ports destinationPorts,
        boolean isPermit) {
    public static final int ANY_PROTOCOL = -1;

    static final long MAPPED_LOW = 0xffff_0000_0000L;

    private static final int MAPPED_LENGTH = 96;
    private static final int PROTOCOL_MAX = 255;

    /// From the first to the last, both included.
    public record Ports(int first, int last) {
        public static final int MAX = 0xffff;
        public static final Ports ALL = new Ports(0, MAX);

        public Ports {
            if (first < 0 || first > last || last > MAX) {
                throw new IllegalArgumentException("no range of ports: " + first + "-" + last);
            }
        }
    }

    public AclRule {
        if (protocol < ANY_PROTOCOL || protocol > PROTOCOL_MAX) {
            throw new IllegalArgumentException("protocol out of range 0..255: " + protocol);
        }
    }

    /// Permits all between two prefixes.
    public static AclRule ipv4(Ipv4Prefix source, Ipv4Prefix destination) {
        return new AclRule(
                false,
                mapped(source),
                mapped(destination),
                ANY_PROTOCOL,
                Ports.ALL,
                Ports.ALL,
                true);
    }

    /// Permits all between two prefixes.
    public static AclRule ipv6(Ipv6Prefix source, Ipv6Prefix destination) {
        return new AclRule(true, source, destination, ANY_PROTOCOL, Ports.ALL, Ports.ALL, true);
    }

    private static Ipv6Prefix mapped(Ipv4Prefix prefix) {
        long low = MAPPED_LOW | prefix.address().bits() & 0xffff_ffffL;
        return new Ipv6Prefix(new Ipv6Address(0, low), MAPPED_LENGTH + prefix.length());
    }

    public AclRule protocol(int only) {
        return new AclRule(
                isIpv6, source, destination, only, sourcePorts, destinationPorts, isPermit);
    }

    public AclRule from(Ports ports) {
        return new AclRule(
                isIpv6, source, destination, protocol, ports, destinationPorts, isPermit);
    }

    public AclRule to(Ports ports) {
        return new AclRule(isIpv6, source, destination, protocol, sourcePorts, ports, isPermit);
    }

    public AclRule deny() {
        return new AclRule(
                isIpv6, source, destination, protocol, sourcePorts, destinationPorts, false);
    }
}
