package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv4;
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
