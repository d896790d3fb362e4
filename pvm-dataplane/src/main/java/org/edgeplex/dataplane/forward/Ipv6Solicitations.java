package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Icmpv6;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.NeighbourDiscovery;

/// The neighbour discovery messages that we send (RFC 4861, sections 4.3, 4.4 and 7.2).
final class Ipv6Solicitations {
    private static final int MESSAGE_BYTES =
            NeighbourDiscovery.TARGET_BYTES + NeighbourDiscovery.OPTION_BYTES;

    private final Context context;
    private final PacketPool pool;

    Ipv6Solicitations(Context context, PacketPool pool) {
        this.context = context;
        this.pool = pool;
    }

    /// Asks for a neighbour's MAC address, [NeighbourCache#EVERYBODY] in the address's group; false
    /// if there is no buffer to do so.
    boolean send(long high, long low, long mac) {
        long packet = pool.allocate();
        if (packet == PacketPool.NONE) {
            context.counters.increment(Counter.DROP_NO_BUFFER);
            return false;
        }
        Ipv6Scope scope = context.ipv6;
        boolean isToGroup = mac == NeighbourCache.EVERYBODY;
        long groupLow = NeighbourDiscovery.solicitedLow(low);
        Access access = context.access;
        long frame = Mbuf.data(packet);
        long destination = isToGroup ? NeighbourDiscovery.multicastMac(groupLow) : mac;
        Ethernet.putTagged(
                frame, destination, access.gatewayMac(), access.vlan(), Ethernet.TYPE_IPV6);
        long header = frame + Ethernet.TAGGED_HEADER_BYTES;
        putHeader(header);
        boolean isLinkLocal = Ipv6.isLinkLocal(high);
        Ipv6.putSource(
                header,
                isLinkLocal ? scope.linkLocalHigh : scope.gatewayHigh,
                isLinkLocal ? scope.linkLocalLow : scope.gatewayLow);
        Ipv6.putDestination(
                header,
                isToGroup ? NeighbourDiscovery.SOLICITED_HIGH : high,
                isToGroup ? groupLow : low);
        putMessage(
                header,
                NeighbourDiscovery.NEIGHBOUR_SOLICITATION,
                0,
                NeighbourDiscovery.SOURCE_LINK_LAYER,
                access.gatewayMac(),
                high,
                low);
        Mbuf.setLength(packet, Ethernet.TAGGED_HEADER_BYTES + Ipv6.HEADER_BYTES + MESSAGE_BYTES);
        context.counters.increment(Counter.ND_SOLICITATIONS_SENT);
        context.outputs.toCustomer(packet);
        return true;
    }

    /// Makes a solicitation its answer, from the IPv6 header on, and returns its bytes from there.
    /// A question from nowhere, which asks whether an address is free, is answered to all (RFC
    /// 4861, section 7.2.4).
    ///
    /// @param mac that the target has
    static int answer(long header, long mac) {
        long high = Ipv6.sourceHigh(header);
        long low = Ipv6.sourceLow(header);
        long icmp = header + Ipv6.HEADER_BYTES;
        long targetHigh = NeighbourDiscovery.targetHigh(icmp);
        long targetLow = NeighbourDiscovery.targetLow(icmp);
        boolean isToAll = Ipv6.isUnspecified(high, low);
        int flags = NeighbourDiscovery.ROUTER_FLAG | NeighbourDiscovery.OVERRIDE_FLAG;
        putHeader(header);
        Ipv6.putSource(header, targetHigh, targetLow);
        Ipv6.putDestination(
                header, isToAll ? Ipv6.ALL_NODES_HIGH : high, isToAll ? Ipv6.ALL_NODES_LOW : low);
        putMessage(
                header,
                NeighbourDiscovery.NEIGHBOUR_ADVERTISEMENT,
                isToAll ? flags : flags | NeighbourDiscovery.SOLICITED_FLAG,
                NeighbourDiscovery.TARGET_LINK_LAYER,
                mac,
                targetHigh,
                targetLow);
        return Ipv6.HEADER_BYTES + MESSAGE_BYTES;
    }

    private static void putHeader(long header) {
        Ipv6.put(header, 0, MESSAGE_BYTES, Ipv6.PROTOCOL_ICMPV6, NeighbourDiscovery.HOP_LIMIT);
    }

    private static void putMessage(
            long header, int type, int flags, int option, long mac, long high, long low) {
        long icmp = header + Ipv6.HEADER_BYTES;
        Icmpv6.put(icmp, type, 0, flags);
        NeighbourDiscovery.putTarget(icmp, high, low);
        long options = icmp + NeighbourDiscovery.TARGET_BYTES;
        NeighbourDiscovery.putLinkLayerOption(options, option, mac);
        Icmpv6.putChecksum(header, icmp, MESSAGE_BYTES);
    }
}
