package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;

/// Takes valid IPv4 packets to where their route leads.
final class Ipv4Router {
    private final Context context;
    private final Fib fib;
    private final AdjacencyTable adjacencies;
    private final GroupTable groups;
    private final Neighbours neighbours;
    private final IcmpErrors errors;
    private final Fragmenter fragmenter;
    private final OrdinaryOutput ordinary;

    Ipv4Router(
            Context context,
            Fib fib,
            AdjacencyTable adjacencies,
            GroupTable groups,
            Neighbours neighbours,
            IcmpErrors errors,
            Fragmenter fragmenter) {
        this.context = context;
        this.fib = fib;
        this.adjacencies = adjacencies;
        this.groups = groups;
        this.neighbours = neighbours;
        this.errors = errors;
        this.fragmenter = fragmenter;
        ordinary = new OrdinaryOutput(context, adjacencies, neighbours);
    }

    /// Empties the burst.
    void route(Ipv4Burst burst, long nowNanos) {
        fib.lookup(burst);
        int count = burst.size();
        int next = 0;
        while (next < count) {
            next = ordinary.leave(burst, next, nowNanos);
            if (next < count) {
                route(burst.record(next++), nowNanos);
            }
        }
        ordinary.count();
        burst.clear();
    }

    private void route(long record, long nowNanos) {
        long packet = Ipv4Burst.packet(record);
        byte origin = Ipv4Burst.origin(record);
        int adjacency = Ipv4Burst.adjacency(record);
        if (Ipv4Burst.isFramed(record)) {
            long header = Mbuf.pop(packet, Ethernet.TAGGED_HEADER_BYTES);
            Mbuf.setLength(packet, Ipv4.totalLength(header));
        }
        context.tracer.found(Ipv4Burst.destination(record), adjacency);
        if (adjacency == Fib.MISSING) {
            unreachable(packet, origin, Counter.DROP_NO_ROUTE, nowNanos);
            return;
        }
        if (adjacency >= GroupTable.FIRST) {
            int hash = FlowHash.ofIpv4(Mbuf.data(packet), Mbuf.length(packet));
            int group = adjacency;
            adjacency = groups.member(group, hash);
            context.tracer.chosen(group, adjacency);
        }
        int kind = adjacencies.kind(adjacency);
        if (kind < AdjacencyTable.CONNECTED) {
            unreachable(packet, origin, Counter.DROP_NO_LSP, nowNanos);
        } else if (kind == AdjacencyTable.LABELLED && origin == Ipv4Burst.FROM_CORE) {
            context.drop(packet, Counter.DROP_NOT_LOCAL);
        } else if (Mbuf.length(packet) > context.access.mtuBytes()) {
            tooBig(packet, Ipv4Burst.ttl(record), adjacency, origin, nowNanos);
        } else {
            leave(packet, Ipv4Burst.ttl(record), adjacency, origin, nowNanos);
        }
    }

    /// The last step for a packet that fits.
    private void leave(long packet, int ttl, int adjacency, byte origin, long nowNanos) {
        long header = Mbuf.data(packet);
        Ipv4.lowerTtl(header, ttl);
        switch (adjacencies.kind(adjacency)) {
            case AdjacencyTable.LABELLED -> {
                LabelMaps maps = context.labelMaps;
                int trafficClass = maps.trafficClass(Ipv4.trafficClass(header));
                adjacencies.pushLabels(adjacency, packet, trafficClass, maps.labelTtl(ttl));
                context.tracer.pushed(adjacency, trafficClass, maps.labelTtl(ttl));
                context.outputs.toCore(packet, adjacency);
            }
            case AdjacencyTable.VIA ->
                    deliver(packet, adjacencies.nextHop(adjacency), origin, nowNanos);
            default -> deliver(packet, Ipv4.destination(header), origin, nowNanos);
        }
    }

    private void deliver(long packet, int nextHop, byte origin, long nowNanos) {
        if (context.access.isConnected(nextHop) && nextHop != context.access.gateway()) {
            neighbours.deliver(packet, nextHop, nowNanos);
        } else if (origin == Ipv4Burst.FROM_SELF) {
            // An error about it would join the burst that is being emptied, without a route.
            context.drop(packet, Counter.DROP_HOST_UNREACHABLE);
        } else {
            errors.hostUnreachable(packet, Counter.DROP_HOST_UNREACHABLE, nowNanos);
        }
    }

    private void unreachable(long packet, byte origin, Counter reason, long nowNanos) {
        if (origin == Ipv4Burst.FROM_SELF) {
            context.drop(packet, reason);
        } else {
            errors.netUnreachable(packet, reason, nowNanos);
        }
    }

    private void tooBig(long packet, int ttl, int adjacency, byte origin, long nowNanos) {
        int mtuBytes = context.access.mtuBytes();
        context.tracer.measured(Mbuf.length(packet), mtuBytes);
        if ((Ipv4.fragment(Mbuf.data(packet)) & Ipv4.DONT_FRAGMENT) == 0) {
            int count = fragmenter.split(packet, mtuBytes);
            context.tracer.fragmented(count);
            for (int i = 0; i < count; i++) {
                leave(fragmenter.fragment(i), ttl, adjacency, origin, nowNanos);
            }
        } else if (origin == Ipv4Burst.FROM_SELF) {
            context.drop(packet, Counter.DROP_TOO_BIG);
        } else {
            errors.fragmentationNeeded(packet, mtuBytes, nowNanos);
        }
    }
}
