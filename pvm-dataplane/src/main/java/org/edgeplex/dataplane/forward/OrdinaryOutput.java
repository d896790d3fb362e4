package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.dataplane.table.LookupVector;
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
        long first = burst.record(from);
        long end = burst.record(to);
        long record = first;
        long slot = out.slot(out.size());
        for (; record != end; record += LookupVector.RECORD_BYTES) {
            int adjacency = Ipv4Burst.adjacency(record);
            // Neither missing nor a group.
            if (!Ipv4Burst.isFramedFrom(record, Ipv4Burst.FROM_CUSTOMER) || !table.has(adjacency)) {
                break;
            }
            long packet = Ipv4Burst.packet(record);
            long header = Ipv4Burst.header(record);
            int totalLength = Ipv4.totalLength(header);
            if (totalLength > mtuBytes || table.kind(adjacency) != AdjacencyTable.LABELLED) {
                break;
            }
            Ipv4.decrementTtl(header);
            int marks = maps.marks(Ipv4.trafficClass(header), Ipv4Burst.ttl(record));
            int headerBytes = table.putLabels(adjacency, header, marks);
            int more = headerBytes - Ethernet.TAGGED_HEADER_BYTES;
            int frameBytes = totalLength + headerBytes;
            Mbuf.setStart(packet, Mbuf.headroom(packet) - more, frameBytes);
            words |= byStack.addUnsettled(adjacency, TrafficRows.packets(1, frameBytes));
            bytesSum += frameBytes;
            Memory.putLong(slot, packet);
            slot += PacketVector.SLOT_BYTES;
        }
        int count = LookupVector.count(first, record);
        out.added(count);
        toCore += TrafficRows.packets(count, bytesSum);
        if (words < 0) {
            settle(first, record);
        }
        return from + count;
    }

    /// Seldom, and so not in the loop: what may call others makes the compiler doubt all it knows.
    private void settle(long first, long end) {
        for (long record = first; record != end; record += LookupVector.RECORD_BYTES) {
            pushed.settle(Ipv4Burst.adjacency(record));
        }
    }

    private int leaveToCustomer(Ipv4Burst burst, int from, long nowNanos) {
        AdjacencyTable table = adjacencies;
        ReadyNeighbours ready = neighbours;
        int mtuBytes = context.access.mtuBytes();
        PacketVector out = context.outputs.port();
        int to = from + Math.min(burst.size() - from, out.room());
        long bytesSum = 0;
        long first = burst.record(from);
        long end = burst.record(to);
        long record = first;
        long slot = out.slot(out.size());
        for (; record != end; record += LookupVector.RECORD_BYTES) {
            int adjacency = Ipv4Burst.adjacency(record);
            if (!Ipv4Burst.isFramedFrom(record, Ipv4Burst.FROM_CORE) || !table.has(adjacency)) {
                break;
            }
            long packet = Ipv4Burst.packet(record);
            long header = Ipv4Burst.header(record);
            int totalLength = Ipv4.totalLength(header);
            int kind = table.kind(adjacency);
            boolean isVia = kind == AdjacencyTable.VIA;
            if (totalLength > mtuBytes || !isVia && kind != AdjacencyTable.CONNECTED) {
                break;
            }
            int nextHop = isVia ? table.nextHop(adjacency) : Ipv4Burst.destination(record);
            long neighbour = ready.find(nextHop, nowNanos);
            if (neighbour == ReadyNeighbours.NONE) {
                break;
            }
            Ipv4.lowerTtl(header, Ipv4Burst.ttl(record));
            ReadyNeighbours.putFrame(neighbour, header);
            int frameBytes = totalLength + Ethernet.TAGGED_HEADER_BYTES;
            Mbuf.setLength(packet, frameBytes);
            if (totalLength < UNPADDED_BYTES_MIN) {
                Ethernet.pad(packet);
                frameBytes = Ethernet.FRAME_BYTES_MIN;
            }
            bytesSum += frameBytes;
            Memory.putLong(slot, packet);
            slot += PacketVector.SLOT_BYTES;
        }
        int count = LookupVector.count(first, record);
        out.added(count);
        toCustomer += TrafficRows.packets(count, bytesSum);
        return from + count;
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
