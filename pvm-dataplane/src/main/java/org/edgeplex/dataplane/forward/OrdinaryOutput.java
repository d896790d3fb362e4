package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.telemetry.TrafficRows;

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
    private final LabelCounters pushed;
    private long toCore;
    private long toCustomer;

    OrdinaryOutput(Context context, AdjacencyTable adjacencies, Neighbours neighbours) {
        this.context = context;
        this.adjacencies = adjacencies;
        this.neighbours = neighbours.ready();
        pushed = context.counters.pushed;
    }

    /// Sends packets on their way until one is not ordinary; that one is as before.
    ///
    /// @return where it is, or the burst's size
    int leave(Ipv4Burst burst, int from, long nowNanos) {
        int index = from;
        int before;
        do {
            before = index;
            index = leaveToCore(burst, index);
            index = leaveToCustomer(burst, index, nowNanos);
        } while (before < index && index < burst.size());
        return index;
    }

    private int leaveToCore(Ipv4Burst burst, int from) {
        AdjacencyTable table = adjacencies;
        LabelMaps maps = context.labelMaps;
        int mtuBytes = context.access.mtuBytes();
        PacketVector out = context.outputs.port();
        int to = from + Math.min(burst.size() - from, out.room());
        LabelCounters byStack = pushed;
        long bytesSum = 0;
        long words = 0;
        int index = from;
        for (int at = out.size(); index < to; index++, at++) {
            int adjacency = burst.adjacency(index);
            // Neither missing nor a group.
            if (!burst.isFramedFrom(index, Ipv4Burst.FROM_CUSTOMER) || !table.has(adjacency)) {
                break;
            }
            long packet = burst.packet(index);
            long header = Mbuf.data(packet) + Ethernet.TAGGED_HEADER_BYTES;
            int totalLength = Ipv4.totalLength(header);
            if (totalLength > mtuBytes || table.kind(adjacency) != AdjacencyTable.LABELLED) {
                break;
            }
            int ttl = burst.ttl(index);
            Ipv4.lowerTtl(header, ttl);
            int marks = maps.marks(Ipv4.trafficClass(header), ttl);
            int headerBytes = table.putLabels(adjacency, header, marks);
            int more = headerBytes - Ethernet.TAGGED_HEADER_BYTES;
            int frameBytes = totalLength + headerBytes;
            Mbuf.setStart(packet, Mbuf.headroom(packet) - more, frameBytes);
            words |= byStack.addUnsettled(adjacency, TrafficRows.packets(1, frameBytes));
            bytesSum += frameBytes;
            out.put(at, packet);
        }
        out.added(index - from);
        toCore += TrafficRows.packets(index - from, bytesSum);
        if (words < 0) {
            settle(burst, from, index);
        }
        return index;
    }

    /// Seldom, and so not in the loop: what may call others makes the compiler doubt all it knows.
    private void settle(Ipv4Burst burst, int from, int to) {
        for (int i = from; i < to; i++) {
            pushed.settle(burst.adjacency(i));
        }
    }

    private int leaveToCustomer(Ipv4Burst burst, int from, long nowNanos) {
        AdjacencyTable table = adjacencies;
        ReadyNeighbours ready = neighbours;
        int mtuBytes = context.access.mtuBytes();
        PacketVector out = context.outputs.port();
        int to = from + Math.min(burst.size() - from, out.room());
        long bytesSum = 0;
        int index = from;
        for (int at = out.size(); index < to; index++, at++) {
            int adjacency = burst.adjacency(index);
            if (!burst.isFramedFrom(index, Ipv4Burst.FROM_CORE) || !table.has(adjacency)) {
                break;
            }
            long packet = burst.packet(index);
            long header = Mbuf.data(packet) + Ethernet.TAGGED_HEADER_BYTES;
            int totalLength = Ipv4.totalLength(header);
            int kind = table.kind(adjacency);
            boolean isVia = kind == AdjacencyTable.VIA;
            if (totalLength > mtuBytes || !isVia && kind != AdjacencyTable.CONNECTED) {
                break;
            }
            int nextHop = isVia ? table.nextHop(adjacency) : burst.destinations()[index];
            long neighbour = ready.find(nextHop, nowNanos);
            if (neighbour == ReadyNeighbours.NONE) {
                break;
            }
            Ipv4.lowerTtl(header, burst.ttl(index));
            ReadyNeighbours.putFrame(neighbour, header);
            int frameBytes = totalLength + Ethernet.TAGGED_HEADER_BYTES;
            Mbuf.setLength(packet, frameBytes);
            if (totalLength < UNPADDED_BYTES_MIN) {
                Ethernet.pad(packet);
                frameBytes = Ethernet.FRAME_BYTES_MIN;
            }
            bytesSum += frameBytes;
            out.put(at, packet);
        }
        out.added(index - from);
        toCustomer += TrafficRows.packets(index - from, bytesSum);
        return index;
    }

    /// Books what has left since the last call.
    void count() {
        Counters counters = context.counters;
        counters.add(Counter.TO_CORE_PACKETS, Counter.TO_CORE_BYTES, toCore);
        counters.add(Counter.TO_CUSTOMER_PACKETS, Counter.TO_CUSTOMER_BYTES, toCustomer);
        toCore = 0;
        toCustomer = 0;
    }
}
