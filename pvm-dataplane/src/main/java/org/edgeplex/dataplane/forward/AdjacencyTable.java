package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import java.util.List;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Adjacencies by number, one cache line each, ready to be copied in front of a packet.
///
/// ```
/// 0      4         8              12             16               32
/// | kind | nextHop | header bytes | payload type | masks, 16 bytes | header, 32 bytes |
/// ```
///
/// The last 32 bytes end where the payload begins, so they are copied as four words, whatever lies
/// before the 14 to 26 that are of the frame. The masks belong to the last two of these words: all
/// ones where a label takes traffic class and TTL of the packet.
final class AdjacencyTable {
    static final int UNREACHABLE = 0;
    static final int POPPED = 1;
    static final int VIA_IPV6 = 2;

    /// From here on are those that IPv4 packets may take.
    static final int CONNECTED = 3;

    static final int VIA = 4;
    static final int LABELLED = 5;

    /// What [#putLabels] overwrites before a packet's header.
    static final int TEMPLATE_BYTES = 32;

    private static final int ENTRY_BYTES = 64;
    private static final int NEXT_HOP = 4;
    private static final int FRAME_BYTES = 8;
    private static final int PAYLOAD_TYPE = 12;
    private static final int MASKS = 16;
    private static final int TEMPLATE = 32;

    /// Two words in place of the template.
    private static final int NEXT_HOP_IPV6 = TEMPLATE;

    private static final int LABEL_VARIABLE = -1;

    private final long base;
    private final int capacity;

    AdjacencyTable(SegmentAllocator memory, int capacity) {
        base = memory.allocate((long) capacity * ENTRY_BYTES, ENTRY_BYTES).address();
        this.capacity = capacity;
    }

    /// False if the number is beyond the table.
    boolean put(int index, Adjacency adjacency) {
        if (!has(index)) {
            return false;
        }
        long entry = entry(index);
        switch (adjacency) {
            case Adjacency.Unreachable() -> Memory.putInt(entry, UNREACHABLE);
            case Adjacency.Connected() -> Memory.putInt(entry, CONNECTED);
            case Adjacency.Via via -> {
                Memory.putInt(entry + NEXT_HOP, via.nextHop().bits());
                Memory.putInt(entry, VIA);
            }
            case Adjacency.ViaIpv6(Ipv6Address nextHop) -> {
                Memory.putLong(entry + NEXT_HOP_IPV6, nextHop.high());
                Memory.putLong(entry + NEXT_HOP_IPV6 + Long.BYTES, nextHop.low());
                Memory.putInt(entry, VIA_IPV6);
            }
            case Adjacency.Labelled(
                            MacAddress destination,
                            MacAddress source,
                            List<MplsLabel> labels) -> {
                putFrame(entry, destination, source, labels);
                Memory.putInt(entry, LABELLED);
            }
            case Adjacency.Popped popped -> {
                putFrame(entry, popped.destination(), popped.source(), List.of());
                int type =
                        switch (popped.payload()) {
                            case IPV4 -> Ethernet.TYPE_IPV4;
                            case IPV6 -> Ethernet.TYPE_IPV6;
                        };
                Memory.putInt(entry + PAYLOAD_TYPE, type);
                Memory.putInt(entry, POPPED);
            }
        }
        return true;
    }

    private static void putFrame(
            long entry, MacAddress destination, MacAddress source, List<MplsLabel> labels) {
        int frameBytes = Ethernet.HEADER_BYTES + labels.size() * Mpls.ENTRY_BYTES;
        long end = entry + TEMPLATE + TEMPLATE_BYTES;
        long masksEnd = entry + MASKS + 2L * Long.BYTES;
        Memory.putLong(entry + MASKS, 0);
        Memory.putLong(entry + MASKS + Long.BYTES, 0);
        Ethernet.put(end - frameBytes, destination.bits(), source.bits(), Ethernet.TYPE_MPLS);
        for (int i = 0; i < labels.size(); i++) {
            boolean isLast = i == labels.size() - 1;
            long fromEnd = (labels.size() - i) * (long) Mpls.ENTRY_BYTES;
            int bottom = isLast ? Mpls.BOTTOM_OF_STACK : 0;
            Memory.putIntBig(end - fromEnd, Mpls.entry(labels.get(i).value(), 0, bottom, 0));
            Memory.putInt(masksEnd - fromEnd, LABEL_VARIABLE);
        }
        Memory.putInt(entry + FRAME_BYTES, frameBytes);
    }

    boolean has(int index) {
        return Integer.compareUnsigned(index, capacity) < 0;
    }

    int kind(int index) {
        return Memory.getInt(entry(index));
    }

    int nextHop(int index) {
        return Memory.getInt(entry(index) + NEXT_HOP);
    }

    long nextHopHigh(int index) {
        return Memory.getLong(entry(index) + NEXT_HOP_IPV6);
    }

    long nextHopLow(int index) {
        return Memory.getLong(entry(index) + NEXT_HOP_IPV6 + Long.BYTES);
    }

    /// The Ethernet type of a [#POPPED] adjacency's packets without a label.
    int payloadType(int index) {
        return Memory.getInt(entry(index) + PAYLOAD_TYPE);
    }

    /// Puts labels and Ethernet header in front of an IP packet.
    ///
    /// @param ttl of all labels (RFC 3443, section 3)
    void pushLabels(int index, long packet, int trafficClass, int ttl) {
        int bytes = putLabels(index, Mbuf.data(packet), Mpls.marks(trafficClass, ttl));
        Mbuf.push(packet, bytes);
    }

    /// Writes labels and Ethernet header before a header, and returns how many bytes they are. The
    /// [#TEMPLATE_BYTES] before it must be the packet's.
    ///
    /// @param marks traffic class and TTL of all labels, as [Mpls#marks] has them
    int putLabels(int index, long header, int marks) {
        long entry = entry(index);
        long variable = marks & 0xffff_ffffL;
        long ofTwo = variable << 32 | variable;
        long before = Memory.getLong(entry + MASKS) & ofTwo;
        long last = Memory.getLong(entry + MASKS + 8) & ofTwo;
        Memory.putLong(header - 32, Memory.getLong(entry + TEMPLATE));
        Memory.putLong(header - 24, Memory.getLong(entry + TEMPLATE + 8));
        Memory.putLong(header - 16, Memory.getLong(entry + TEMPLATE + 16) | before);
        Memory.putLong(header - 8, Memory.getLong(entry + TEMPLATE + 24) | last);
        return Memory.getInt(entry + FRAME_BYTES);
    }

    private long entry(int index) {
        return base + (long) index * ENTRY_BYTES;
    }
}
