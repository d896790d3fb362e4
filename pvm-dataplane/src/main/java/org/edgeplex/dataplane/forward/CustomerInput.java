package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;

/// IPv4 from the customer: for the kernel, for the router, or for nobody.
final class CustomerInput {
    private final Context context;
    private final Ipv4Rules rules;
    private final IcmpErrors errors;

    CustomerInput(Context context, Ipv4Rules rules, IcmpErrors errors) {
        this.context = context;
        this.rules = rules;
        this.errors = errors;
    }

    /// A frame with our VLAN tag and type IPv4; what is to be routed joins the burst.
    void accept(long packet, Ipv4Burst burst, long nowNanos) {
        context.countFromCustomer(packet);
        long frame = Mbuf.data(packet);
        long header = frame + Ethernet.TAGGED_HEADER_BYTES;
        long mac = Ethernet.destination(frame);
        if (mac != context.access.gatewayMac() && !Ethernet.isGroup(mac)) {
            context.drop(packet, Counter.DROP_FOREIGN_MAC);
            return;
        }
        context.tracer.addressed(mac);
        int bytes = Mbuf.length(packet) - Ethernet.TAGGED_HEADER_BYTES;
        if (!rules.hasValidHeader(packet, header, bytes)) {
            return;
        }
        int source = Ipv4.source(header);
        int destination = Ipv4.destination(header);
        boolean isUnspecified = source == 0 && destination == Ipv4.BROADCAST; // DHCP
        if (!isUnspecified && !rules.isForeignUnicast(source)) {
            context.drop(packet, Counter.DROP_MARTIAN);
            return;
        }
        if (!context.fromCustomer.permitsIpv4(packet, header, Ipv4.totalLength(header))) {
            return;
        }
        if (isForUs(destination)) {
            Ethernet.untag(packet);
            context.outputs.toTap(packet);
        } else if (Ethernet.isGroup(mac) || Ipv4Rules.isMulticast(destination)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (!Ipv4Rules.isUnicast(destination)) {
            context.drop(packet, Counter.DROP_MARTIAN);
        } else {
            route(packet, header, burst, nowNanos);
        }
    }

    private boolean isForUs(int destination) {
        Access access = context.access;
        return destination == access.gateway()
                || destination == Ipv4.BROADCAST
                || access.isSubnetBroadcast(destination)
                || Ipv4Rules.isLinkLocalMulticast(destination);
    }

    private void route(long packet, long header, Ipv4Burst burst, long nowNanos) {
        int ttl = Ipv4.ttl(header);
        int totalLength = Ipv4.totalLength(header);
        Mbuf.pop(packet, Ethernet.TAGGED_HEADER_BYTES);
        Mbuf.setLength(packet, totalLength);
        if (!context.fromCustomer.isWithinRate(packet, nowNanos)) {
            return;
        }
        if (ttl <= 1) {
            errors.timeExceeded(packet, Counter.DROP_TTL_EXPIRED, nowNanos);
        } else {
            context.tracer.toBeRouted(ttl - 1);
            burst.add(packet, Ipv4.destination(header), ttl - 1, Ipv4Burst.FROM_CUSTOMER);
        }
    }
}
