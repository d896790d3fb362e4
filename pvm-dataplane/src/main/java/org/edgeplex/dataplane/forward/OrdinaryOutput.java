package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;

/// The way out for packets of [OrdinaryInput]: the 18 bytes with which they came become what they
/// leave with, in place.
///
/// What is in the way of that (no route, a size beyond the MTU, a neighbour that must be asked for)
/// is left to [Ipv4Router], which would do the same for the others.
final class OrdinaryOutput {
    /// An IP packet that fills the smallest frame.
    private static final int UNPADDED_BYTES_MIN = 64 - Ethernet.TAGGED_HEADER_BYTES;

    private final Context context;
    private final AdjacencyTable adjacencies;
    private final ReadyNeighbours neighbours;
    private int toCore;
    private int toCustomer;

    OrdinaryOutput(Context context, AdjacencyTable adjacencies, Neighbours neighbours) {
        this.context = context;
        this.adjacencies = adjacencies;
        this.neighbours = neighbours.ready();
    }

    /// True if the packet is on its way, false if it is as before.
    boolean leave(Ipv4Burst burst, int index, long nowNanos) {
        int adjacency = burst.adjacency(index);
        // Neither missing nor a group.
        if (!burst.isFramed(index) || !adjacencies.has(adjacency)) {
            return false;
        }
        long packet = burst.packet(index);
        long header = Mbuf.data(packet) + Ethernet.TAGGED_HEADER_BYTES;
        int totalLength = Ipv4.totalLength(header);
        if (totalLength > context.access.mtuBytes()) {
            return false;
        }
        int kind = adjacencies.kind(adjacency);
        if (burst.origin(index) == Ipv4Burst.FROM_CUSTOMER) {
            return kind == AdjacencyTable.LABELLED
                    && leaveToCore(packet, header, totalLength, adjacency);
        }
        int nextHop =
                kind == AdjacencyTable.VIA
                        ? adjacencies.nextHop(adjacency)
                        : burst.destinations()[index];
        boolean isLocal = kind == AdjacencyTable.VIA || kind == AdjacencyTable.CONNECTED;
        return isLocal
                && leaveToCustomer(
                        packet, header, totalLength, burst.ttl(index), nextHop, nowNanos);
    }

    private boolean leaveToCore(long packet, long header, int totalLength, int adjacency) {
        if (!context.outputs.offer(packet)) {
            return false;
        }
        int ttl = Ipv4.decrementTtl(header);
        LabelMaps maps = context.labelMaps;
        int trafficClass = maps.trafficClass(Ipv4.trafficClass(header));
        int headerBytes =
                adjacencies.putLabels(adjacency, header, trafficClass, maps.labelTtl(ttl));
        int more = headerBytes - Ethernet.TAGGED_HEADER_BYTES;
        Mbuf.setStart(packet, Mbuf.headroom(packet) - more, totalLength + headerBytes);
        toCore++;
        return true;
    }

    private boolean leaveToCustomer(
            long packet, long header, int totalLength, int ttl, int nextHop, long nowNanos) {
        long neighbour = neighbours.find(nextHop, nowNanos);
        if (neighbour == ReadyNeighbours.NONE || !context.outputs.offer(packet)) {
            return false;
        }
        Ipv4.putTtl(header, ttl);
        ReadyNeighbours.putFrame(neighbour, header);
        Mbuf.setLength(packet, totalLength + Ethernet.TAGGED_HEADER_BYTES);
        if (totalLength < UNPADDED_BYTES_MIN) {
            Ethernet.pad(packet);
        }
        toCustomer++;
        return true;
    }

    /// Books what has left since the last call.
    void count() {
        context.counters.add(Counter.TO_CORE_PACKETS, toCore);
        context.counters.add(Counter.TO_CUSTOMER_PACKETS, toCustomer);
        toCore = 0;
        toCustomer = 0;
    }
}
