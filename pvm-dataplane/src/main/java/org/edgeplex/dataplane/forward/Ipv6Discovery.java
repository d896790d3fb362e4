package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Icmpv6;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.NeighbourDiscovery;

/// Neighbour discovery messages from the customer (RFC 4861): answers for our addresses, learns who
/// speaks to us, and leaves what is of routers to the kernel.
final class Ipv6Discovery {
    private final Context context;
    private final Ipv6Neighbours neighbours;

    Ipv6Discovery(Context context, Ipv6Neighbours neighbours) {
        this.context = context;
        this.neighbours = neighbours;
    }

    /// True for the five types that the protocol has.
    static boolean isMessage(long header, int bytes) {
        if (Ipv6.nextHeader(header) != Ipv6.PROTOCOL_ICMPV6 || bytes <= Ipv6.HEADER_BYTES) {
            return false;
        }
        int type = Icmpv6.type(header + Ipv6.HEADER_BYTES);
        return type >= NeighbourDiscovery.ROUTER_SOLICITATION
                && type <= NeighbourDiscovery.REDIRECT;
    }

    /// A tagged frame with a valid IPv6 header and one of these messages.
    void receive(long packet, long header, long nowNanos) {
        long icmp = header + Ipv6.HEADER_BYTES;
        int bytes = Ipv6.payloadLength(header);
        boolean isSound =
                bytes >= Icmpv6.HEADER_BYTES
                        && Ipv6.hopLimit(header) == NeighbourDiscovery.HOP_LIMIT
                        && Icmpv6.code(icmp) == 0
                        && Icmpv6.isChecksumCorrect(header, icmp, bytes);
        if (!isSound) {
            context.drop(packet, Counter.DROP_ND_MALFORMED);
            return;
        }
        switch (Icmpv6.type(icmp)) {
            case NeighbourDiscovery.NEIGHBOUR_SOLICITATION ->
                    solicited(packet, header, icmp, bytes, nowNanos);
            case NeighbourDiscovery.NEIGHBOUR_ADVERTISEMENT ->
                    advertised(packet, header, icmp, bytes, nowNanos);
            default -> punt(packet);
        }
    }

    private void punt(long packet) {
        Ethernet.untag(packet);
        context.outputs.toTap(packet);
    }

    /// RFC 4861, section 7.1.1.
    private void solicited(long packet, long header, long icmp, int bytes, long nowNanos) {
        long sourceHigh = Ipv6.sourceHigh(header);
        long sourceLow = Ipv6.sourceLow(header);
        long mac = option(icmp, bytes, NeighbourDiscovery.SOURCE_LINK_LAYER);
        boolean isFromNowhere = Ipv6.isUnspecified(sourceHigh, sourceLow);
        if (mac == NeighbourDiscovery.MALFORMED
                || Ipv6.isMulticast(NeighbourDiscovery.targetHigh(icmp))
                || isFromNowhere && (mac != NeighbourDiscovery.NO_OPTION || !isToGroup(header))) {
            context.drop(packet, Counter.DROP_ND_MALFORMED);
            return;
        }
        long high = NeighbourDiscovery.targetHigh(icmp);
        if (!context.ipv6.isOurs(high, NeighbourDiscovery.targetLow(icmp))) {
            context.drop(packet, Counter.DROP_ND_IGNORED);
            return;
        }
        if (mac != NeighbourDiscovery.NO_OPTION) {
            neighbours.heard(sourceHigh, sourceLow, mac, nowNanos);
        }
        long frame = Mbuf.data(packet);
        long asker = mac != NeighbourDiscovery.NO_OPTION ? mac : Ethernet.source(frame);
        long destination =
                isFromNowhere ? NeighbourDiscovery.multicastMac(Ipv6.ALL_NODES_LOW) : asker;
        Access access = context.access;
        int answerBytes = Ipv6Solicitations.answer(header, access.gatewayMac());
        Ethernet.putTagged(
                frame, destination, access.gatewayMac(), access.vlan(), Ethernet.TYPE_IPV6);
        Mbuf.setLength(packet, Ethernet.TAGGED_HEADER_BYTES + answerBytes);
        context.counters.increment(Counter.ND_ADVERTISEMENTS_SENT);
        context.outputs.toCustomer(packet);
    }

    /// RFC 4861, section 7.1.2. The kernel hears it too: perhaps it had asked.
    private void advertised(long packet, long header, long icmp, int bytes, long nowNanos) {
        long mac = option(icmp, bytes, NeighbourDiscovery.TARGET_LINK_LAYER);
        long high = NeighbourDiscovery.targetHigh(icmp);
        int flags = NeighbourDiscovery.flags(icmp);
        boolean isSolicited = (flags & NeighbourDiscovery.SOLICITED_FLAG) != 0;
        if (mac == NeighbourDiscovery.MALFORMED
                || Ipv6.isMulticast(high)
                || isSolicited && Ipv6.isMulticast(Ipv6.destinationHigh(header))) {
            context.drop(packet, Counter.DROP_ND_MALFORMED);
            return;
        }
        boolean isOverriding = (flags & NeighbourDiscovery.OVERRIDE_FLAG) != 0;
        long low = NeighbourDiscovery.targetLow(icmp);
        neighbours.advertised(high, low, mac, isOverriding, nowNanos);
        punt(packet);
    }

    private static long option(long icmp, int bytes, int type) {
        return bytes < NeighbourDiscovery.TARGET_BYTES
                ? NeighbourDiscovery.MALFORMED
                : NeighbourDiscovery.linkLayerOption(
                        icmp + NeighbourDiscovery.TARGET_BYTES,
                        bytes - NeighbourDiscovery.TARGET_BYTES,
                        type);
    }

    private static boolean isToGroup(long header) {
        long low = Ipv6.destinationLow(header);
        return Ipv6.destinationHigh(header) == NeighbourDiscovery.SOLICITED_HIGH
                && low == NeighbourDiscovery.solicitedLow(low);
    }
}
