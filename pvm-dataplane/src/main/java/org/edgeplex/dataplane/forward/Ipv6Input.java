package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;

/// IPv6 from the customer and from the core: for us, for the router, or for nobody.
final class Ipv6Input {
    private final Context context;
    private final Ipv6Rules rules;
    private final Icmpv6Errors errors;
    private final Ipv6Discovery discovery;

    Ipv6Input(Context context, Ipv6Rules rules, Icmpv6Errors errors, Ipv6Discovery discovery) {
        this.context = context;
        this.rules = rules;
        this.errors = errors;
        this.discovery = discovery;
    }

    /// A frame with our VLAN tag and type IPv6; what is to be routed joins the burst.
    void fromCustomer(long packet, Ipv6Burst burst, long nowNanos) {
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
        long high = Ipv6.destinationHigh(header);
        long low = Ipv6.destinationLow(header);
        boolean isForUs = context.ipv6.isOurs(high, low) || Ipv6Scope.isLinkGroup(high);
        if (!isSourceGood(header, isForUs)) {
            context.drop(packet, Counter.DROP_MARTIAN);
            return;
        }
        if (isForUs && Ipv6Discovery.isMessage(header, bytes)) {
            discovery.receive(packet, header, nowNanos); // the link's own affair, before any rule
            return;
        }
        int length = Ipv6.HEADER_BYTES + Ipv6.payloadLength(header);
        if (!context.fromCustomer.permitsIpv6(packet, header, length)) {
            return;
        }
        if (isForUs) {
            Ethernet.untag(packet);
            context.outputs.toTap(packet);
        } else if (Ethernet.isGroup(mac) || Ipv6.isMulticast(high)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (rules.mayBeForwarded(packet, header)) {
            Ipv6Rules.strip(packet, Ethernet.TAGGED_HEADER_BYTES);
            if (!context.fromCustomer.isWithinRate(packet, nowNanos)) {
                return;
            }
            int hopLimit = Ipv6.hopLimit(header);
            route(packet, header, burst, hopLimit, Ipv4Burst.FROM_CUSTOMER, nowNanos);
        }
    }

    /// Who has no address yet may speak on the link (RFC 4862, section 5.4.2).
    private boolean isSourceGood(long header, boolean isForUs) {
        long high = Ipv6.sourceHigh(header);
        long low = Ipv6.sourceLow(header);
        return context.ipv6.isForeignUnicast(high, low)
                || isForUs
                        && Ipv6.isUnspecified(high, low)
                        && Ipv6.isMulticast(Ipv6.destinationHigh(header));
    }

    /// A packet under our label: its header is in place, what is before it not off yet.
    ///
    /// @param stackTtl that the labels leave it
    void fromCore(
            long packet,
            int headerAt,
            int stackTtl,
            int trafficClass,
            Ipv6Burst burst,
            long nowNanos) {
        long header = Mbuf.data(packet) + headerAt;
        if (!rules.hasValidHeader(packet, header, Mbuf.length(packet) - headerAt)) {
            return;
        }
        Ipv6Rules.strip(packet, headerAt);
        LabelMaps maps = context.labelMaps;
        int own = Ipv6.hopLimit(header);
        int hopLimit = maps.isPipe() ? own : Math.min(stackTtl, own);
        if (maps.hasCodePoints()) {
            Ipv6.putTrafficClass(header, maps.octet(trafficClass, Ipv6.trafficClass(header)));
        }
        long high = Ipv6.destinationHigh(header);
        long low = Ipv6.destinationLow(header);
        if (!context.ipv6.isForeignUnicast(Ipv6.sourceHigh(header), Ipv6.sourceLow(header))) {
            context.drop(packet, Counter.DROP_MARTIAN);
            return;
        }
        if (!context.fromCore.permitsIpv6(packet, header, Mbuf.length(packet))) {
            return;
        }
        if (high == context.ipv6.gatewayHigh && low == context.ipv6.gatewayLow) {
            TapInput.frameForKernel(packet, context.access, Ethernet.TYPE_IPV6);
            context.outputs.toTap(packet);
        } else if (Ipv6.isMulticast(high)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (rules.mayBeForwarded(packet, header)
                && context.fromCore.isWithinRate(packet, nowNanos)) {
            route(packet, header, burst, hopLimit, Ipv4Burst.FROM_CORE, nowNanos);
        }
    }

    private void route(
            long packet, long header, Ipv6Burst burst, int hopLimit, byte origin, long nowNanos) {
        if (hopLimit <= 1) {
            errors.timeExceeded(packet, Counter.DROP_TTL_EXPIRED, nowNanos);
        } else {
            context.tracer.toBeRouted(hopLimit - 1);
            long high = Ipv6.destinationHigh(header);
            burst.add(packet, high, Ipv6.destinationLow(header), hopLimit - 1, origin);
        }
    }
}
