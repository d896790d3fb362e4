package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;

/// The P router's part: a label is swapped for one to three others, or popped for a next hop that
/// is the last one (RFC 3031, sections 3.13 and 3.16), and the packet goes on through the core.
final class LabelSwitch {
    /// Of a label stack entry, the octets with the S bit and with the TTL.
    private static final int BOTTOM_OCTET = 2;

    private static final int TTL_OCTET = 3;

    private final Context context;
    private final AdjacencyTable adjacencies;

    LabelSwitch(Context context, AdjacencyTable adjacencies) {
        this.context = context;
        this.adjacencies = adjacencies;
    }

    /// A packet whose top labels have been taken off.
    ///
    /// @param wasBottom of the last one taken off
    /// @param ttl with which the packet came
    void forward(long packet, int adjacency, boolean wasBottom, int trafficClass, int ttl) {
        context.tracer.switched(adjacency, ttl);
        if (ttl <= 1) {
            context.drop(packet, Counter.DROP_TTL_EXPIRED);
            return;
        }
        switch (adjacencies.kind(adjacency)) {
            case AdjacencyTable.LABELLED ->
                    swap(packet, adjacency, wasBottom, trafficClass, ttl - 1);
            case AdjacencyTable.POPPED -> pop(packet, adjacency, wasBottom, ttl - 1);
            default -> context.drop(packet, Counter.DROP_NO_LSP);
        }
    }

    private void swap(long packet, int adjacency, boolean wasBottom, int trafficClass, int ttl) {
        long rest = Mbuf.data(packet);
        int headerBytes = adjacencies.putLabels(adjacency, rest, Mpls.marks(trafficClass, ttl));
        int labelBytes = headerBytes - Ethernet.HEADER_BYTES;
        if (Mbuf.length(packet) + labelBytes > context.access.labelledBytesMax()) {
            context.drop(packet, Counter.DROP_TOO_BIG);
            return;
        }
        if (!wasBottom) {
            long octet = rest - Mpls.ENTRY_BYTES + BOTTOM_OCTET;
            Memory.putByte(octet, Memory.getByte(octet) & ~1);
        }
        Mbuf.push(packet, headerBytes);
        context.tracer.pushed(adjacency, trafficClass, ttl);
        context.outputs.toCore(packet, adjacency);
    }

    private void pop(long packet, int adjacency, boolean wasBottom, int ttl) {
        if (Mbuf.length(packet) > context.access.labelledBytesMax()) {
            context.drop(packet, Counter.DROP_TOO_BIG);
            return;
        }
        int type = wasBottom ? adjacencies.payloadType(adjacency) : Ethernet.TYPE_MPLS;
        // Through a pipe, what is inside is the customer's.
        if (!context.labelMaps.isPipe() && !lowerTtl(packet, type, ttl)) {
            return;
        }
        long rest = Mbuf.data(packet);
        int headerBytes = adjacencies.putLabels(adjacency, rest, 0);
        Memory.putShortBig(rest - Short.BYTES, type);
        Mbuf.push(packet, headerBytes);
        context.outputs.toCore(packet);
    }

    /// Copies the TTL to what is now on top (RFC 3443, section 5.2); false if that is not there.
    private boolean lowerTtl(long packet, int type, int ttl) {
        long rest = Mbuf.data(packet);
        int bytes = Mbuf.length(packet);
        switch (type) {
            case Ethernet.TYPE_MPLS -> {
                if (bytes < Mpls.ENTRY_BYTES) {
                    return refuse(packet, Counter.DROP_TRUNCATED);
                }
                int inner = Memory.getByte(rest + TTL_OCTET);
                Memory.putByte(rest + TTL_OCTET, Math.min(ttl, inner));
            }
            case Ethernet.TYPE_IPV4 -> {
                if (bytes < Ipv4.HEADER_BYTES || Ipv4.version(rest) != Ipv4.VERSION) {
                    return refuse(packet, Counter.DROP_IP_HEADER);
                }
                if (ttl < Ipv4.ttl(rest)) {
                    Ipv4.lowerTtl(rest, ttl);
                }
            }
            default -> {
                if (bytes < Ipv6.HEADER_BYTES || Ipv6.version(rest) != Ipv6.VERSION) {
                    return refuse(packet, Counter.DROP_IP_HEADER);
                }
                Ipv6.putHopLimit(rest, Math.min(ttl, Ipv6.hopLimit(rest)));
            }
        }
        return true;
    }

    private boolean refuse(long packet, Counter reason) {
        context.drop(packet, reason);
        return false;
    }
}
