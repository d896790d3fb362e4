package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Memory;

/// One number for each flow: over addresses, protocol and ports, or without ports for fragments, so
/// that all of a datagram's take one path (RFC 2991, section 2).
final class FlowHash {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int PORTS_BYTES = 4;

    private FlowHash() {}

    /// A valid IPv4 packet, its header included in the length.
    static int ofIpv4(long header, int length) {
        int protocol = Ipv4.protocol(header);
        int hash = mix(Ipv4.source(header) ^ protocol * 0x9e37_79b9);
        hash = mix(hash ^ Ipv4.destination(header));
        int headerBytes = Ipv4.headerBytes(header);
        int pieces = Ipv4.MORE_FRAGMENTS | Ipv4.FRAGMENT_OFFSET_MASK;
        boolean isWhole = (Ipv4.fragment(header) & pieces) == 0;
        return isWhole && hasPorts(protocol) && length >= headerBytes + PORTS_BYTES
                ? mix(hash ^ Memory.getIntBig(header + headerBytes))
                : hash;
    }

    /// A valid IPv6 packet: over the flow label too, which tells flows apart where ports are out of
    /// sight (RFC 6438).
    static int ofIpv6(long header, int length) {
        int protocol = Ipv6.nextHeader(header);
        int hash = mix(Ipv6.flowLabel(header) ^ protocol * 0x9e37_79b9);
        hash = mix(hash ^ fold(Ipv6.sourceHigh(header)));
        hash = mix(hash ^ fold(Ipv6.sourceLow(header)));
        hash = mix(hash ^ fold(Ipv6.destinationHigh(header)));
        hash = mix(hash ^ fold(Ipv6.destinationLow(header)));
        return hasPorts(protocol) && length >= Ipv6.HEADER_BYTES + PORTS_BYTES
                ? mix(hash ^ Memory.getIntBig(header + Ipv6.HEADER_BYTES))
                : hash;
    }

    private static int fold(long half) {
        return (int) (half >>> 32) * 0x85eb_ca6b ^ (int) half;
    }

    static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }

    static int mix(int bits) {
        int mixed = bits;
        mixed = (mixed ^ mixed >>> 16) * 0x7feb_352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846c_a68b;
        return mixed ^ mixed >>> 16;
    }
}
