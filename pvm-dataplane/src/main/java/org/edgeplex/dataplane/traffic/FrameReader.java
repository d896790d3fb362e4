package org.edgeplex.dataplane.traffic;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;

/// Finds the parts of a received frame, whatever tags and labels it has.
final class FrameReader {
    /// No frame has an address of 0.
    static final long NONE = 0;

    static final int TYPE_IPV6 = 0x86dd;

    private static final int TYPE_SERVICE_TAG = 0x88a8;
    private static final int IPV6_BYTES = 40;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int PROTOCOL_UDP = 17;

    private FrameReader() {}

    /// The address of the stamp, or [#NONE] if the frame is not one of a generator.
    static long stamp(long packet) {
        long udp = udp(packet);
        long stamp = udp + FlowPlan.UDP_BYTES;
        boolean fits = udp != NONE && stamp + Stamp.BYTES <= end(packet);
        return fits && Stamp.isStamp(stamp) ? stamp : NONE;
    }

    /// The address of the UDP header, or [#NONE].
    static long udp(long packet) {
        long ip = ip(packet);
        long end = end(packet);
        if (ip == NONE || ip + Ipv4.HEADER_BYTES > end) {
            return NONE;
        }
        if (Ipv4.version(ip) == Ipv4.VERSION) {
            long udp = ip + Ipv4.headerBytes(ip);
            boolean isWhole = (Ipv4.fragment(ip) & ~Ipv4.DONT_FRAGMENT) == 0;
            return isWhole && Ipv4.protocol(ip) == PROTOCOL_UDP ? udp : NONE;
        }
        boolean isIpv6Udp =
                Ipv4.version(ip) == 6
                        && ip + IPV6_BYTES <= end
                        && Memory.getByte(ip + IPV6_NEXT_HEADER) == PROTOCOL_UDP;
        return isIpv6Udp ? ip + IPV6_BYTES : NONE;
    }

    /// Behind tags and labels; the address of what should be an IP header, or [#NONE].
    static long ip(long packet) {
        long at = network(packet);
        long end = end(packet);
        int type = type(packet);
        if (type == Ethernet.TYPE_MPLS) {
            while (at + Mpls.ENTRY_BYTES <= end) {
                boolean isBottom = Mpls.isBottomOfStack(Memory.getIntBig(at));
                at += Mpls.ENTRY_BYTES;
                if (isBottom) {
                    return at;
                }
            }
            return NONE;
        }
        return type == Ethernet.TYPE_IPV4 || type == TYPE_IPV6 ? at : NONE;
    }

    /// The Ethernet type behind all tags.
    static int type(long packet) {
        return Memory.getShortBig(network(packet) - 2);
    }

    /// The address of what follows the Ethernet header and its tags.
    static long network(long packet) {
        long at = Mbuf.data(packet) + Ethernet.HEADER_BYTES;
        long end = end(packet);
        int type = Memory.getShortBig(at - 2);
        while ((type == Ethernet.TYPE_VLAN || type == TYPE_SERVICE_TAG)
                && at + Ethernet.VLAN_TAG_BYTES <= end) {
            at += Ethernet.VLAN_TAG_BYTES;
            type = Memory.getShortBig(at - 2);
        }
        return at;
    }

    static long end(long packet) {
        return Mbuf.data(packet) + Mbuf.length(packet);
    }
}
