package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Icmpv6;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.NeighbourDiscovery;

/// Frames from the kernel of the port VM's namespace.
///
/// The kernel sees one Ethernet. On it live the customer's hosts, which it finds by ARP through us,
/// and one station [#ROUTER_MAC] for everything behind the core: we answer ARP for every address
/// outside the connected subnet with it, so `ip route add default dev ce0` is all it needs. In IPv6
/// neighbour solicitations take the place of ARP.
final class TapInput {
    /// Locally administered; never on the wire.
    static final long ROUTER_MAC = 0x02ed_6e00_0001L;

    private final Context context;
    private final Ipv4Rules rules;
    private final Ipv6Rules ipv6Rules;

    TapInput(Context context, Ipv4Rules rules, Ipv6Rules ipv6Rules) {
        this.context = context;
        this.rules = rules;
        this.ipv6Rules = ipv6Rules;
    }

    void accept(long packet) {
        context.counters.increment(Counter.FROM_TAP_PACKETS);
        context.counters.add(Counter.FROM_TAP_BYTES, Mbuf.length(packet));
        if (Mbuf.length(packet) < Ethernet.HEADER_BYTES) {
            context.drop(packet, Counter.DROP_TRUNCATED);
            return;
        }
        switch (Ethernet.type(Mbuf.data(packet))) {
            case Ethernet.TYPE_ARP -> acceptArp(packet);
            case Ethernet.TYPE_IPV4 -> acceptIpv4(packet);
            case Ethernet.TYPE_IPV6 -> acceptIpv6(packet);
            default -> context.drop(packet, Counter.DROP_TAP_UNSUPPORTED);
        }
    }

    private void acceptArp(long packet) {
        long frame = Mbuf.data(packet);
        long arp = frame + Ethernet.HEADER_BYTES;
        if (Mbuf.length(packet) < Ethernet.HEADER_BYTES + Arp.BYTES || !Arp.isEthernetIpv4(arp)) {
            context.drop(packet, Counter.DROP_ARP_MALFORMED);
            return;
        }
        int target = Arp.targetProtocol(arp);
        if (context.access.isConnected(target)) {
            toWire(packet);
        } else if (Arp.operation(arp) == Arp.REQUEST) {
            long asker = Arp.senderHardware(arp);
            Arp.put(arp, Arp.REPLY, ROUTER_MAC, target, asker, Arp.senderProtocol(arp));
            Ethernet.put(frame, asker, ROUTER_MAC, Ethernet.TYPE_ARP);
            context.outputs.toTap(packet);
        } else {
            context.drop(packet, Counter.DROP_ARP_IGNORED);
        }
    }

    private void acceptIpv4(long packet) {
        long frame = Mbuf.data(packet);
        long header = frame + Ethernet.HEADER_BYTES;
        int bytes = Mbuf.length(packet) - Ethernet.HEADER_BYTES;
        if (!rules.hasValidHeader(packet, header, bytes)) {
            return;
        }
        int destination = Ipv4.destination(header);
        boolean isOnLink =
                context.access.isConnected(destination)
                        || destination == Ipv4.BROADCAST
                        || Ipv4Rules.isLinkLocalMulticast(destination);
        if (isOnLink && Ethernet.destination(frame) != ROUTER_MAC) {
            toWire(packet);
        } else if (!Ipv4Rules.isUnicast(destination)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else {
            int totalLength = Ipv4.totalLength(header);
            Mbuf.pop(packet, Ethernet.HEADER_BYTES);
            Mbuf.setLength(packet, totalLength);
            int ttl = Ipv4.ttl(header); // sent by this router, not forwarded: not decremented
            context.originated.add(packet, destination, ttl, Ipv4Burst.FROM_SELF);
        }
    }

    private void acceptIpv6(long packet) {
        if (!context.ipv6.isOn) {
            context.drop(packet, Counter.DROP_TAP_UNSUPPORTED);
            return;
        }
        long frame = Mbuf.data(packet);
        long header = frame + Ethernet.HEADER_BYTES;
        int bytes = Mbuf.length(packet) - Ethernet.HEADER_BYTES;
        if (!ipv6Rules.hasValidHeader(packet, header, bytes)) {
            return;
        }
        long high = Ipv6.destinationHigh(header);
        long low = Ipv6.destinationLow(header);
        boolean isOnLink = context.ipv6.isOnLink(high, low) || Ipv6Scope.isLinkGroup(high);
        if (isAskedFromUs(header)) {
            answer(packet, header);
        } else if (isOnLink && Ethernet.destination(frame) != ROUTER_MAC) {
            toWire(packet);
        } else if (Ipv6.isMulticast(high)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (ipv6Rules.mayBeForwarded(packet, header)) {
            Ipv6Rules.strip(packet, Ethernet.HEADER_BYTES);
            int hopLimit = Ipv6.hopLimit(header); // sent by this router: not decremented
            context.originatedIpv6.add(packet, high, low, hopLimit, Ipv4Burst.FROM_SELF);
        }
    }

    /// A solicitation for an address that is not on the link.
    private boolean isAskedFromUs(long header) {
        long icmp = header + Ipv6.HEADER_BYTES;
        return Ipv6.nextHeader(header) == Ipv6.PROTOCOL_ICMPV6
                && Ipv6.payloadLength(header) >= NeighbourDiscovery.TARGET_BYTES
                && Icmpv6.type(icmp) == NeighbourDiscovery.NEIGHBOUR_SOLICITATION
                && !context.ipv6.isOnLink(
                        NeighbourDiscovery.targetHigh(icmp), NeighbourDiscovery.targetLow(icmp));
    }

    private void answer(long packet, long header) {
        long frame = Mbuf.data(packet);
        int bytes = Ipv6Solicitations.answer(header, ROUTER_MAC);
        Ethernet.put(frame, Ethernet.source(frame), ROUTER_MAC, Ethernet.TYPE_IPV6);
        Mbuf.setLength(packet, Ethernet.HEADER_BYTES + bytes);
        context.outputs.toTap(packet);
    }

    private void toWire(long packet) {
        Ethernet.tag(packet, context.access.vlan());
        Ethernet.pad(packet);
        context.outputs.toCustomer(packet);
    }

    /// Puts an Ethernet header in front of an IP packet for the kernel.
    static void frameForKernel(long packet, Access access, int type) {
        long frame = Mbuf.push(packet, Ethernet.HEADER_BYTES);
        Ethernet.put(frame, access.gatewayMac(), ROUTER_MAC, type);
    }
}
