package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;

/// Frames from the kernel of the port VM's namespace.
///
/// The kernel sees one Ethernet. On it live the customer's hosts, which it finds by ARP through us,
/// and one station [#ROUTER_MAC] for everything behind the core: we answer ARP for every address
/// outside the connected subnet with it, so `ip route add default dev ce0` is all it needs.
final class TapInput {
    /// Locally administered; never on the wire.
    static final long ROUTER_MAC = 0x02ed_6e00_0001L;

    private final Context context;
    private final Ipv4Rules rules;

    TapInput(Context context, Ipv4Rules rules) {
        this.context = context;
        this.rules = rules;
    }

    void accept(long packet) {
        context.counters.increment(Counter.FROM_TAP_PACKETS);
        if (Mbuf.length(packet) < Ethernet.HEADER_BYTES) {
            context.drop(packet, Counter.DROP_TRUNCATED);
            return;
        }
        switch (Ethernet.type(Mbuf.data(packet))) {
            case Ethernet.TYPE_ARP -> acceptArp(packet);
            case Ethernet.TYPE_IPV4 -> acceptIpv4(packet);
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

    private void toWire(long packet) {
        Ethernet.tag(packet, context.access.vlan());
        Neighbours.pad(packet);
        context.outputs.toCustomer(packet);
    }

    /// Puts an Ethernet header in front of an IP packet for the kernel.
    static void frameForKernel(long packet, Access access) {
        long frame = Mbuf.push(packet, Ethernet.HEADER_BYTES);
        Ethernet.put(frame, access.gatewayMac(), ROUTER_MAC, Ethernet.TYPE_IPV4);
    }
}
