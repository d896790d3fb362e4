package org.edgeplex.dataplane.forward;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.MplsLabel;

/// Adjacencies by number, one cache line each, ready to be copied in front of a packet.
///
/// ```
/// 0      4         8             12          16           24
/// | kind | nextHop | label bytes | top entry | VPN entry  | Ethernet header, 14 bytes |
/// ```
final class AdjacencyTable {
    static final int UNREACHABLE = 0;
    static final int CONNECTED = 1;
    static final int VIA = 2;
    static final int LABELLED = 3;

    private static final int ENTRY_BYTES = 64;
    private static final int NEXT_HOP = 4;
    private static final int LABEL_BYTES = 8;
    private static final int TOP_ENTRY = 12;
    private static final int VPN_ENTRY = 16;
    private static final int ETHERNET = 24;

    private final long base;
    private final int capacity;

    AdjacencyTable(Arena arena, int capacity) {
        base = arena.allocate((long) capacity * ENTRY_BYTES, ENTRY_BYTES).address();
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
            case Adjacency.Direct direct -> {
                putLabels(entry, 0, 0, direct.vpnLabel());
                putEthernet(entry, direct.destination().bits(), direct.source().bits());
            }
            case Adjacency.Tunnelled tunnel -> {
                int top = Mpls.entry(tunnel.transportLabel().value(), 0, 0, 0);
                putLabels(entry, Mpls.ENTRY_BYTES, top, tunnel.vpnLabel());
                putEthernet(entry, tunnel.destination().bits(), tunnel.source().bits());
            }
        }
        return true;
    }

    private static void putLabels(long entry, int transportBytes, int top, MplsLabel vpnLabel) {
        Memory.putInt(entry, LABELLED);
        Memory.putInt(entry + LABEL_BYTES, transportBytes + Mpls.ENTRY_BYTES);
        Memory.putInt(entry + TOP_ENTRY, top);
        Memory.putInt(entry + VPN_ENTRY, Mpls.entry(vpnLabel.value(), 0, Mpls.BOTTOM_OF_STACK, 0));
    }

    private static void putEthernet(long entry, long destination, long source) {
        Ethernet.put(entry + ETHERNET, destination, source, Ethernet.TYPE_MPLS);
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
        long entry = entry(index);
        int labelBytes = Memory.getInt(entry + LABEL_BYTES);
        long frame = Mbuf.push(packet, Ethernet.HEADER_BYTES + labelBytes);
        Memory.putLong(frame, Memory.getLong(entry + ETHERNET));
        Memory.putInt(frame + 8, Memory.getInt(entry + ETHERNET + 8));
        Memory.putShort(frame + Ethernet.TYPE, Memory.getShort(entry + ETHERNET + Ethernet.TYPE));
        int variable = Mpls.entry(0, trafficClass, 0, ttl);
        long vpn = frame + Ethernet.HEADER_BYTES + labelBytes - Mpls.ENTRY_BYTES;
        Memory.putIntBig(vpn, Memory.getInt(entry + VPN_ENTRY) | variable);
        if (labelBytes > Mpls.ENTRY_BYTES) {
            Memory.putIntBig(
                    frame + Ethernet.HEADER_BYTES, Memory.getInt(entry + TOP_ENTRY) | variable);
        }
    }

    private long entry(int index) {
        return base + (long) index * ENTRY_BYTES;
    }
}
