package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Adjacencies by number, one cache line each, ready to be copied in front of a packet.
///
/// ```
/// 0      4         8              12         16
/// | kind | nextHop | header bytes | top mask | Ethernet header and labels, 24 bytes |
/// ```
///
/// The last 24 bytes end where the IP header begins, so they are copied as three words, whatever
/// lies before the 18 or 22 that are of the frame. The mask is all ones where there is a top label.
final class AdjacencyTable {
    static final int UNREACHABLE = 0;
    static final int CONNECTED = 1;
    static final int VIA = 2;
    static final int LABELLED = 3;

    private static final int ENTRY_BYTES = 64;
    private static final int NEXT_HOP = 4;
    private static final int FRAME_BYTES = 8;
    private static final int TOP_MASK = 12;
    private static final int TEMPLATE = 16;
    private static final int TEMPLATE_BYTES = 24;

    /// Not an entry of a transport label, which is never the last one.
    private static final int NO_TOP = Mpls.BOTTOM_OF_STACK;

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
            case Adjacency.Direct direct ->
                    putFrame(
                            entry,
                            direct.destination(),
                            direct.source(),
                            NO_TOP,
                            direct.vpnLabel());
            case Adjacency.Tunnelled tunnel -> {
                int top = Mpls.entry(tunnel.transportLabel().value(), 0, 0, 0);
                putFrame(entry, tunnel.destination(), tunnel.source(), top, tunnel.vpnLabel());
            }
        }
        return true;
    }

    private static void putFrame(
            long entry, MacAddress destination, MacAddress source, int top, MplsLabel vpnLabel) {
        int labelBytes = top == NO_TOP ? Mpls.ENTRY_BYTES : 2 * Mpls.ENTRY_BYTES;
        int frameBytes = Ethernet.HEADER_BYTES + labelBytes;
        long end = entry + TEMPLATE + TEMPLATE_BYTES;
        long frame = end - frameBytes;
        Memory.putIntBig(end - 2L * Mpls.ENTRY_BYTES, top);
        Memory.putIntBig(
                end - Mpls.ENTRY_BYTES, Mpls.entry(vpnLabel.value(), 0, Mpls.BOTTOM_OF_STACK, 0));
        Ethernet.put(frame, destination.bits(), source.bits(), Ethernet.TYPE_MPLS);
        Memory.putInt(entry + FRAME_BYTES, frameBytes);
        Memory.putInt(entry + TOP_MASK, top == NO_TOP ? 0 : -1);
        Memory.putInt(entry, LABELLED);
    }

    boolean has(int index) {
        return index >= 0 && index < capacity;
    }

    int kind(int index) {
        return Memory.getInt(entry(index));
    }

    int nextHop(int index) {
        return Memory.getInt(entry(index) + NEXT_HOP);
    }

    /// Puts labels and Ethernet header in front of an IP packet (RFC 3443, uniform model: the
    /// labels carry the IP TTL).
    void pushLabels(int index, long packet, int trafficClass, int ttl) {
        int bytes = putLabels(index, Mbuf.data(packet), trafficClass, ttl);
        Mbuf.push(packet, bytes);
    }

    /// Writes labels and Ethernet header before an IP header, and returns how many bytes they are.
    /// The 24 bytes before the header must be the packet's.
    int putLabels(int index, long header, int trafficClass, int ttl) {
        long entry = entry(index);
        int variable = Integer.reverseBytes(Mpls.entry(0, trafficClass, 0, ttl));
        long ofTop = variable & Memory.getInt(entry + TOP_MASK) & 0xffff_ffffL;
        long ofBoth = (long) variable << 32 | ofTop;
        Memory.putLong(header - 24, Memory.getLong(entry + TEMPLATE));
        Memory.putLong(header - 16, Memory.getLong(entry + TEMPLATE + 8));
        Memory.putLong(header - 8, Memory.getLong(entry + TEMPLATE + 16) | ofBoth);
        return Memory.getInt(entry + FRAME_BYTES);
    }

    private long entry(int index) {
        return base + (long) index * ENTRY_BYTES;
    }
}
