package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;

/// Takes valid IPv6 packets to where their route leads. Nothing is cut on its way (RFC 8200,
/// section 5).
final class Ipv6Router {
    private final Context context;
    private final Ipv6Fib fib;
    private final AdjacencyTable adjacencies;
    private final GroupTable groups;
    private final Ipv6Neighbours neighbours;
    private final Icmpv6Errors errors;

    Ipv6Router(
            Context context,
            Ipv6Fib fib,
            AdjacencyTable adjacencies,
            GroupTable groups,
            Ipv6Neighbours neighbours,
            Icmpv6Errors errors) {
        this.context = context;
        this.fib = fib;
        this.adjacencies = adjacencies;
        this.groups = groups;
        this.neighbours = neighbours;
        this.errors = errors;
    }

    /// Empties the burst.
    void route(Ipv6Burst burst, long nowNanos) {
        fib.lookup(burst);
        for (int i = 0; i < burst.size(); i++) {
            route(burst, i, nowNanos);
        }
        burst.clear();
    }

    private void route(Ipv6Burst burst, int index, long nowNanos) {
        long packet = burst.packet(index);
        byte origin = burst.origin(index);
        int adjacency = burst.adjacency(index);
        context.tracer.foundIpv6(
                Ipv6.destinationHigh(Mbuf.data(packet)),
                Ipv6.destinationLow(Mbuf.data(packet)),
                adjacency);
        if (adjacency == Ipv6Fib.MISSING) {
            unreachable(packet, origin, Counter.DROP_NO_ROUTE, nowNanos);
            return;
        }
        if (adjacency >= GroupTable.FIRST) {
            int hash = FlowHash.ofIpv6(Mbuf.data(packet), Mbuf.length(packet));
            int group = adjacency;
            adjacency = groups.member(group, hash);
            context.tracer.chosen(group, adjacency);
        }
        int kind = adjacencies.kind(adjacency);
        if (kind == AdjacencyTable.LABELLED && origin == Ipv4Burst.FROM_CORE) {
            context.drop(packet, Counter.DROP_NOT_LOCAL);
        } else if (Mbuf.length(packet) > context.access.mtuBytes()) {
            tooBig(packet, origin, nowNanos);
        } else {
            leave(packet, kind, burst.hopLimit(index), adjacency, origin, nowNanos);
        }
    }

    private void leave(
            long packet, int kind, int hopLimit, int adjacency, byte origin, long nowNanos) {
        long header = Mbuf.data(packet);
        switch (kind) {
            case AdjacencyTable.LABELLED -> {
                Ipv6.putHopLimit(header, hopLimit);
                LabelMaps maps = context.labelMaps;
                int trafficClass = maps.trafficClass(Ipv6.trafficClass(header));
                adjacencies.pushLabels(adjacency, packet, trafficClass, maps.labelTtl(hopLimit));
                context.tracer.pushed(adjacency, trafficClass, maps.labelTtl(hopLimit));
                context.outputs.toCore(packet, adjacency);
            }
            case AdjacencyTable.VIA_IPV6 -> {
                long high = adjacencies.nextHopHigh(adjacency);
                long low = adjacencies.nextHopLow(adjacency);
                deliver(packet, high, low, hopLimit, origin, nowNanos);
            }
            case AdjacencyTable.CONNECTED -> {
                long high = Ipv6.destinationHigh(header);
                long low = Ipv6.destinationLow(header);
                deliver(packet, high, low, hopLimit, origin, nowNanos);
            }
            // No way, or one of another family.
            default -> unreachable(packet, origin, Counter.DROP_NO_LSP, nowNanos);
        }
    }

    private void deliver(
            long packet, long high, long low, int hopLimit, byte origin, long nowNanos) {
        if (context.ipv6.isOnLink(high, low) && !context.ipv6.isOurs(high, low)) {
            Ipv6.putHopLimit(Mbuf.data(packet), hopLimit);
            neighbours.deliver(packet, high, low, nowNanos);
        } else if (origin == Ipv4Burst.FROM_SELF) {
            // An error about it would join the burst that is being emptied, without a route.
            context.drop(packet, Counter.DROP_HOST_UNREACHABLE);
        } else {
            errors.addressUnreachable(packet, Counter.DROP_HOST_UNREACHABLE, nowNanos);
        }
    }

    private void unreachable(long packet, byte origin, Counter reason, long nowNanos) {
        if (origin == Ipv4Burst.FROM_SELF) {
            context.drop(packet, reason);
        } else {
            errors.noRoute(packet, reason, nowNanos);
        }
    }

    private void tooBig(long packet, byte origin, long nowNanos) {
        context.tracer.measured(Mbuf.length(packet), context.access.mtuBytes());
        if (origin == Ipv4Burst.FROM_SELF) {
            context.drop(packet, Counter.DROP_TOO_BIG);
        } else {
            errors.packetTooBig(packet, context.access.mtuBytes(), nowNanos);
        }
    }
}
