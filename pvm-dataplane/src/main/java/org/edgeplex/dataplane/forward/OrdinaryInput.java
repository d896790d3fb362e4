package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.table.LabelTable;

/// Recognises the packets that nearly all are, and lets them into the burst with few, wide memory
/// accesses and without touching them: IPv4 without options that is to be routed, from the customer
/// or under our VPN label.
///
/// What it does not recognise is not wrong: [CustomerInput] and [CoreInput] decide about that, and
/// would about these too, with the same result. Tests hold the two together.
final class OrdinaryInput {
    /// 802.1Q, the VLAN without its priority, IPv4, version 4 and a header of five words.
    private static final long TAGGED_IPV4_MASK = Long.reverseBytes(0xffff_0fff_ffff_ff00L);

    private static final long MAC_MASK = 0xffff_ffff_ffffL;
    private static final long INT_MASK = 0xffff_ffffL;
    private static final int MPLS_TYPE = Short.reverseBytes((short) Ethernet.TYPE_MPLS) & 0xffff;

    private final Context context;
    private final LabelTable labels;

    // What the access means for a frame in memory; network order read little-endian.
    private long gatewayMac;
    private long coreMac;
    private long tagAndType;
    private int gateway;
    private int broadcast;

    private int fromCustomer;
    private int fromCore;

    OrdinaryInput(Context context, LabelTable labels) {
        this.context = context;
        this.labels = labels;
        accessHasChanged();
    }

    void accessHasChanged() {
        Access access = context.access;
        gatewayMac = Long.reverseBytes(access.gatewayMac()) >>> 16;
        coreMac = Long.reverseBytes(access.coreMac()) >>> 16;
        long tag = (long) Ethernet.TYPE_VLAN << 48 | (long) access.vlan() << 32;
        tagAndType = Long.reverseBytes(tag | Ethernet.TYPE_IPV4 << 16 | 0x45 << 8);
        gateway = access.gateway();
        broadcast = access.subnetBroadcast();
    }

    /// True if the packet has joined the burst, false if it is as before.
    boolean accept(long packet, Ipv4Burst burst) {
        int length = Mbuf.length(packet);
        if (length < Ethernet.TAGGED_HEADER_BYTES + Ipv4.HEADER_BYTES
                || !Mbuf.isSingleSegment(packet)) {
            return false;
        }
        long frame = Mbuf.data(packet);
        long mac = Memory.getLong(frame) & MAC_MASK;
        long word = Memory.getLong(frame + Ethernet.TYPE);
        long header = frame + Ethernet.TAGGED_HEADER_BYTES;
        int bytes = length - Ethernet.TAGGED_HEADER_BYTES;
        // A tag and a label are of one size, so the IP header is at the same place.
        if ((word & TAGGED_IPV4_MASK) == tagAndType && mac == gatewayMac) {
            return acceptFromCustomer(packet, header, bytes, burst);
        }
        return (word & 0xffff) == MPLS_TYPE
                && mac == coreMac
                && acceptFromCore(packet, header, bytes, burst);
    }

    private boolean acceptFromCustomer(long packet, long header, int bytes, Ipv4Burst burst) {
        int ttl = Ipv4.ttl(header);
        int destination = Ipv4.destination(header);
        if (ttl <= 1 || !isGood(header, bytes, destination)) {
            return false;
        }
        fromCustomer++;
        burst.addFramed(packet, destination, ttl - 1, Ipv4Burst.FROM_CUSTOMER);
        return true;
    }

    private boolean acceptFromCore(long packet, long header, int bytes, Ipv4Burst burst) {
        int entry = Memory.getIntBig(header - Mpls.ENTRY_BYTES);
        int ttl = Math.min(Mpls.ttl(entry), Ipv4.ttl(header));
        int destination = Ipv4.destination(header);
        if (!Mpls.isBottomOfStack(entry)
                || Memory.getByte(header) != 0x45
                || labels.get(Mpls.label(entry)) != CoreInput.POP_AND_ROUTE
                || ttl <= 1
                || !isGood(header, bytes, destination)) {
            return false;
        }
        fromCore++;
        burst.addFramed(packet, destination, ttl - 1, Ipv4Burst.FROM_CORE);
        return true;
    }

    private boolean isGood(long header, int bytes, int destination) {
        int totalLength = Ipv4.totalLength(header);
        int source = Ipv4.source(header);
        return totalLength >= Ipv4.HEADER_BYTES
                && totalLength <= bytes
                && isSumAllOnes(header)
                && Ipv4Rules.isUnicast(source)
                && source != gateway
                && Ipv4Rules.isUnicast(destination)
                && destination != gateway
                && destination != broadcast;
    }

    /// The header's checksum holds; a ones' complement sum has no byte order (RFC 1071).
    private static boolean isSumAllOnes(long header) {
        long sum =
                (Memory.getInt(header) & INT_MASK)
                        + (Memory.getInt(header + 4) & INT_MASK)
                        + (Memory.getInt(header + 8) & INT_MASK)
                        + (Memory.getInt(header + 12) & INT_MASK)
                        + (Memory.getInt(header + 16) & INT_MASK);
        sum = (sum >>> 32) + (sum & INT_MASK);
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        return sum == 0xffff;
    }

    /// Books what was accepted since the last call.
    void count() {
        context.counters.add(Counter.FROM_CUSTOMER_PACKETS, fromCustomer);
        context.counters.add(Counter.FROM_CORE_PACKETS, fromCore);
        fromCustomer = 0;
        fromCore = 0;
    }
}
