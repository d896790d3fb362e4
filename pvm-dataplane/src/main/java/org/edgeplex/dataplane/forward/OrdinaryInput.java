package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.packet.PacketVector;
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

    /// Of no frame: what it stands for is not ordinary now.
    private static final long NO_MAC = -1;

    private static final long INT_MASK = 0xffff_ffffL;
    private static final int MPLS_TYPE = Short.reverseBytes((short) Ethernet.TYPE_MPLS) & 0xffff;

    private final Context context;
    private final LabelTable labels;
    private final long lines;

    // What the access means for a frame in memory; network order read little-endian.
    private long gatewayMac;
    private long coreMac;
    private long tagAndType;
    private int gateway;
    private int broadcast;

    private int fromCustomer;
    private int fromCore;
    private boolean expectsLabels;

    OrdinaryInput(SegmentAllocator memory, Context context, LabelTable labels) {
        this.context = context;
        this.labels = labels;
        lines = memory.allocate((long) PacketIo.BURST_MAX * Long.BYTES, 64).address();
        accessHasChanged();
    }

    /// The access, or what packets must meet to be let in.
    void accessHasChanged() {
        Access access = context.access;
        gatewayMac =
                context.fromCustomer.areNone()
                        ? Long.reverseBytes(access.gatewayMac()) >>> 16
                        : NO_MAC;
        boolean isPlain =
                !context.labelMaps.isPipe()
                        && !context.labelMaps.hasCodePoints()
                        && context.fromCore.areNone();
        coreMac = isPlain ? Long.reverseBytes(access.coreMac()) >>> 16 : NO_MAC;
        long tag = (long) Ethernet.TYPE_VLAN << 48 | (long) access.vlan() << 32;
        tagAndType = Long.reverseBytes(tag | Ethernet.TYPE_IPV4 << 16 | 0x45 << 8);
        gateway = access.gateway();
        broadcast = access.subnetBroadcast();
    }

    /// Lets packets into the burst until one is not ordinary; that one is as before.
    ///
    /// @return where it is, or `to`
    int accept(PacketVector packets, int from, int to, Ipv4Burst burst) {
        int index = from;
        while (index < to && accept(packets.get(index), burst)) {
            index++;
        }
        return index;
    }

    private boolean accept(long packet, Ipv4Burst burst) {
        int bytes = Mbuf.length(packet) - Ethernet.TAGGED_HEADER_BYTES;
        if (bytes < Ipv4.HEADER_BYTES || !Mbuf.isSingleSegment(packet)) {
            return false;
        }
        long frame = Mbuf.data(packet);
        long mac = Memory.getLong(frame) & MAC_MASK;
        long word = Memory.getLong(frame + Ethernet.TYPE);
        // A tag and a label are of one size, so the IP header is at the same place.
        long header = frame + Ethernet.TAGGED_HEADER_BYTES;
        if ((word & TAGGED_IPV4_MASK) == tagAndType && mac == gatewayMac) {
            return acceptFromCustomer(packet, header, bytes, burst);
        }
        return (word & 0xffff) == MPLS_TYPE
                && mac == coreMac
                && acceptFromCore(packet, header, bytes, burst);
    }

    private boolean acceptFromCustomer(long packet, long header, int bytes, Ipv4Burst burst) {
        long first = Memory.getLong(header);
        long second = Memory.getLong(header + 8);
        int last = Memory.getInt(header + 16);
        int ttl = (int) second & 0xff;
        int destination = Integer.reverseBytes(last);
        if (ttl <= 1 || !isGood(first, second, last, bytes, destination)) {
            return false;
        }
        fromCustomer++;
        burst.addFramed(packet, destination, ttl - 1, Ipv4Burst.FROM_CUSTOMER);
        return true;
    }

    private boolean acceptFromCore(long packet, long header, int bytes, Ipv4Burst burst) {
        int entry = Memory.getIntBig(header - Mpls.ENTRY_BYTES);
        long first = Memory.getLong(header);
        long second = Memory.getLong(header + 8);
        int last = Memory.getInt(header + 16);
        int ttl = Math.min(Mpls.ttl(entry), (int) second & 0xff);
        int destination = Integer.reverseBytes(last);
        if (!Mpls.isBottomOfStack(entry)
                || ((int) first & 0xff) != 0x45
                || labels.get(Mpls.label(entry)) != LabelAction.POP_AND_ROUTE
                || ttl <= 1
                || !isGood(first, second, last, bytes, destination)) {
            return false;
        }
        fromCore++;
        burst.addFramed(packet, destination, ttl - 1, Ipv4Burst.FROM_CORE);
        return true;
    }

    /// The header as three words, in the order of memory.
    private boolean isGood(long first, long second, int last, int bytes, int destination) {
        int totalLength = Short.reverseBytes((short) (first >>> 16)) & 0xffff;
        int source = Integer.reverseBytes((int) (second >>> 32));
        return totalLength >= Ipv4.HEADER_BYTES
                && totalLength <= bytes
                && isSumAllOnes(first, second, last)
                && Ipv4Rules.isUnicast(source)
                && source != gateway
                && Ipv4Rules.isUnicast(destination)
                && destination != gateway
                && destination != broadcast;
    }

    /// The header's checksum holds; a ones' complement sum has no byte order (RFC 1071).
    private static boolean isSumAllOnes(long first, long second, int last) {
        long sum =
                (first & INT_MASK)
                        + (first >>> 32)
                        + (second & INT_MASK)
                        + (second >>> 32)
                        + (last & INT_MASK);
        sum = (sum >>> 32) + (sum & INT_MASK);
        sum = (sum >>> 16) + (sum & 0xffff);
        sum = (sum >>> 16) + (sum & 0xffff);
        return sum == 0xffff;
    }

    /// Asks for the lines of the labels while the packets before are looked at. Only where the last
    /// burst was of labels: a frame of the customer has no label there, and that costs nothing
    /// else.
    void approach(PacketVector packets) {
        if (!expectsLabels) {
            return;
        }
        int count = packets.size();
        for (int i = 0; i < count; i++) {
            long entry = Mbuf.data(packets.get(i)) + Ethernet.HEADER_BYTES;
            Memory.putLong(lines + 8L * i, labels.line(Mpls.label(Memory.getIntBig(entry))));
        }
        Prefetch.lines(lines, count);
    }

    /// Books what was accepted since the last call.
    void count() {
        expectsLabels = fromCore > 0;
        context.counters.add(Counter.FROM_CUSTOMER_PACKETS, fromCustomer);
        context.counters.add(Counter.FROM_CORE_PACKETS, fromCore);
        fromCustomer = 0;
        fromCore = 0;
    }
}
