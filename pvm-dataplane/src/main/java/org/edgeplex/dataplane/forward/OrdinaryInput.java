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
import org.edgeplex.dataplane.table.LookupVector;
import org.edgeplex.telemetry.TrafficRows;

/// Recognises the packets that nearly all are, and lets them into the burst with few, wide memory
/// accesses and without touching them: IPv4 without options that is to be routed, from the customer
/// or under our VPN label.
///
/// What it does not recognise is not wrong: [CustomerInput] and [CoreInput] decide about that, and
/// would about these too, with the same result. Tests hold the two together.
final class OrdinaryInput {
    /// 802.1Q, the VLAN without its priority, IPv4, version 4 and a header of five words.
    private static final long TAGGED_IPV4_MASK = Long.reverseBytes(0xffff_0fff_ffff_ff00L);

    /// What a destination address leaves of a word when it is shifted to the top.
    private static final int MAC_SHIFT = Long.SIZE - 48;

    /// Of no frame: what it stands for is not ordinary now.
    private static final long NO_MAC = -1;

    private static final long INT_MASK = 0xffff_ffffL;

    /// MPLS, one label, and under it version 4 and a header of five words.
    private static final long TYPE_AND_BOTTOM_MASK = Long.reverseBytes(0xffff_0000_0100_ff00L);

    private static final long MPLS_AND_BOTTOM =
            Long.reverseBytes(
                    (long) Ethernet.TYPE_MPLS << 48 | Mpls.BOTTOM_OF_STACK << 16 | 0x4500);

    /// (2^64 - 1) / 65535, which is the negative of 65535's inverse as well.
    private static final long HIGHEST_QUOTIENT = 0x0001_0001_0001_0001L;

    /// From here [#scanMax] grows again.
    private static final int SCAN_MIN = 4;

    private final Context context;
    private final LabelTable labels;
    private final long lines;

    // What the access means for a frame in memory; network order read little-endian.
    private long gatewayMac;
    private long coreMac;
    private long tagAndType;
    private int gateway;
    private int broadcast;

    private long fromCustomer;
    private long fromCore;

    private boolean expectsLabels;

    /// How many packets from the core are looked at before what their labels mean.
    private int scanMax = PacketIo.BURST_MAX;

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
                        ? Long.reverseBytes(access.gatewayMac()) >>> 16 << MAC_SHIFT
                        : NO_MAC;
        boolean isPlain =
                !context.labelMaps.isPipe()
                        && !context.labelMaps.hasCodePoints()
                        && context.fromCore.areNone();
        coreMac = isPlain ? Long.reverseBytes(access.coreMac()) >>> 16 << MAC_SHIFT : NO_MAC;
        long tag = (long) Ethernet.TYPE_VLAN << 48 | (long) access.vlan() << 32;
        tagAndType = Long.reverseBytes(tag | Ethernet.TYPE_IPV4 << 16 | 0x45 << 8);
        gateway = Integer.reverseBytes(access.gateway());
        broadcast = Integer.reverseBytes(access.subnetBroadcast());
    }

    /// Lets packets into the burst until one is not ordinary; that one is as before.
    ///
    /// Packets come in runs from the same side, and each side has a loop of its own: short enough
    /// for what it compares with to stay in registers. Where the last burst came from the core,
    /// that side is first.
    ///
    /// @return where it is, or `to`
    int accept(PacketVector packets, int from, int to, Ipv4Burst burst) {
        int index = expectsLabels ? acceptFromCore(packets, from, to, burst) : from;
        int before;
        do {
            before = index;
            index = acceptFromCustomer(packets, index, to, burst);
            index = acceptFromCore(packets, index, to, burst);
        } while (before < index && index < to);
        return index;
    }

    private int acceptFromCustomer(PacketVector packets, int from, int to, Ipv4Burst burst) {
        long ourMac = gatewayMac;
        long ourType = tagAndType;
        long bytesSum = 0;
        long first = burst.next();
        long record = first;
        long end = packets.slot(to);
        for (long slot = packets.slot(from); slot != end; slot += PacketVector.SLOT_BYTES) {
            long packet = Memory.getLong(slot);
            int bytes = Mbuf.length(packet) - Ethernet.TAGGED_HEADER_BYTES;
            if (bytes < Ipv4.HEADER_BYTES || !Mbuf.isSingleSegment(packet)) {
                break;
            }
            long frame = Mbuf.data(packet);
            long word = Memory.getLong(frame + Ethernet.TYPE);
            if ((word & TAGGED_IPV4_MASK) != ourType
                    || Memory.getLong(frame) << MAC_SHIFT != ourMac) {
                break;
            }
            long header = frame + Ethernet.TAGGED_HEADER_BYTES;
            int ttl = Ipv4.ttl(header);
            if (ttl <= 1 || !isGood(header, bytes)) {
                break;
            }
            int destination = Ipv4.destination(header);
            Ipv4Burst.putFramed(
                    record, packet, header, destination, ttl - 1, Ipv4Burst.FROM_CUSTOMER);
            record += LookupVector.RECORD_BYTES;
            bytesSum += Ethernet.TAGGED_HEADER_BYTES + bytes;
        }
        int count = LookupVector.count(first, record);
        fromCustomer += TrafficRows.packets(count, bytesSum);
        burst.added(count);
        return from + count;
    }

    /// Under one label, which is of the size of a tag: so the IP header is at the same place.
    ///
    /// Records are written for all whose headers are good, and those join whose label is, up to the
    /// first that is not. What was done for the others is done again: where labels are often not
    /// for us, fewer are looked at together.
    private int acceptFromCore(PacketVector packets, int from, int to, Ipv4Burst burst) {
        if (from == to || !leadsToTable(packets.get(from))) {
            return from;
        }
        long ourMac = coreMac;
        long first = burst.next();
        long record = first;
        long end = packets.slot(Math.min(to, from + scanMax));
        for (long slot = packets.slot(from); slot != end; slot += PacketVector.SLOT_BYTES) {
            long packet = Memory.getLong(slot);
            int bytes = Mbuf.length(packet) - Ethernet.TAGGED_HEADER_BYTES;
            if (bytes < Ipv4.HEADER_BYTES || !Mbuf.isSingleSegment(packet)) {
                break;
            }
            long frame = Mbuf.data(packet);
            long word = Memory.getLong(frame + Ethernet.TYPE);
            if ((word & TYPE_AND_BOTTOM_MASK) != MPLS_AND_BOTTOM
                    || Memory.getLong(frame) << MAC_SHIFT != ourMac) {
                break;
            }
            long header = frame + Ethernet.TAGGED_HEADER_BYTES;
            int entry = Memory.getIntBig(frame + Ethernet.HEADER_BYTES);
            int ttl = Math.min(Mpls.ttl(entry), Ipv4.ttl(header));
            if (ttl <= 1 || !isGood(header, bytes)) {
                break;
            }
            int destination = Ipv4.destination(header);
            Ipv4Burst.putFramed(record, packet, header, destination, ttl - 1, Ipv4Burst.FROM_CORE);
            Ipv4Burst.setLabel(record, Mpls.label(entry));
            record += LookupVector.RECORD_BYTES;
        }
        long refused = popLabels(first, record);
        if (refused != record) {
            scanMax = SCAN_MIN;
        }
        int count = LookupVector.count(first, refused);
        burst.added(count);
        return from + count;
    }

    /// Of a packet that has a label; of another one the answer has no meaning.
    private boolean leadsToTable(long packet) {
        long entry = Mbuf.data(packet) + Ethernet.HEADER_BYTES;
        int value = labels.get(Mpls.label(Memory.getIntBig(entry)));
        return LabelAction.action(value) == LabelAction.POP_AND_ROUTE;
    }

    /// Those whose label leads to our table, until one does not. Apart from the checks, during
    /// which the lines of the labels arrive. Most packets have the label of the one before, or one
    /// that means the same: they are counted together.
    ///
    /// @return the record of the one that does not, or `end`
    private long popLabels(long first, long end) {
        LabelTable bound = labels;
        LabelCounters byLabel = context.counters.popped;
        long traffic = 0;
        long words = 0;
        long record = first;
        while (record != end) {
            int value = bound.get(Ipv4Burst.label(record));
            if (LabelAction.action(value) != LabelAction.POP_AND_ROUTE) {
                break;
            }
            long alike = 0;
            do {
                alike += TrafficRows.packets(1, Mbuf.length(Ipv4Burst.packet(record)));
                record += LookupVector.RECORD_BYTES;
            } while (record != end && bound.get(Ipv4Burst.label(record)) == value);
            words |= byLabel.addUnsettled(LabelAction.row(value), alike);
            traffic += alike;
        }
        fromCore += traffic;
        if (words < 0) {
            settle(first, record);
        }
        return record;
    }

    /// Seldom, and so not in the loop: what may call others makes the compiler doubt all it knows.
    private void settle(long first, long end) {
        for (long record = first; record != end; record += LookupVector.RECORD_BYTES) {
            int value = labels.get(Ipv4Burst.label(record));
            context.counters.popped.settle(LabelAction.row(value));
        }
    }

    /// Reads the header as its five words, each once, and compares in their order.
    private boolean isGood(long header, int bytes) {
        int first = Memory.getInt(header);
        int source = Memory.getInt(header + 12);
        int destination = Memory.getInt(header + 16);
        int totalLength = Integer.reverseBytes(first) & 0xffff;
        long sum =
                (first & INT_MASK)
                        + (Memory.getInt(header + 4) & INT_MASK)
                        + (Memory.getInt(header + 8) & INT_MASK)
                        + (source & INT_MASK)
                        + (destination & INT_MASK);
        return totalLength >= Ipv4.HEADER_BYTES
                && totalLength <= bytes
                && isAllOnes(sum)
                && Ipv4Rules.areUnicast(source, destination)
                && source != gateway
                && destination != gateway
                && destination != broadcast;
    }

    /// The checksum holds: the ones' complement sum of the header's 16-bit words is all ones, in
    /// either byte order (RFC 1071). That sum is the plain one modulo 65535; so of a header, which
    /// is not all zeros, it is all ones where the plain one is a multiple of 65535.
    ///
    /// A number is a multiple of an odd one where its product with that one's inverse modulo 2^64
    /// is not above the highest quotient (Granlund and Montgomery, "Division by Invariant Integers
    /// using Multiplication", section 9).
    private static boolean isAllOnes(long sum) {
        return Long.compareUnsigned(sum * -HIGHEST_QUOTIENT, HIGHEST_QUOTIENT) <= 0;
    }

    /// Asks for the lines of the labels while the packets before are looked at. Only where the last
    /// burst was of labels: a frame of the customer has no label there, and that costs nothing
    /// else.
    void approach(PacketVector packets) {
        if (!expectsLabels) {
            return;
        }
        long end = packets.slot(packets.size());
        long line = lines;
        for (long slot = packets.slot(0); slot != end; slot += PacketVector.SLOT_BYTES) {
            long entry = Mbuf.data(Memory.getLong(slot)) + Ethernet.HEADER_BYTES;
            Memory.putLong(line, labels.line(Mpls.label(Memory.getIntBig(entry))));
            line += Long.BYTES;
        }
        Prefetch.lines(lines, packets.size(), Long.BYTES);
    }

    /// Books what was accepted since the last call.
    void count() {
        expectsLabels = fromCore > 0;
        scanMax = Math.min(2 * scanMax, PacketIo.BURST_MAX);
        Counters counters = context.counters;
        counters.add(Counter.FROM_CUSTOMER_PACKETS, Counter.FROM_CUSTOMER_BYTES, fromCustomer);
        counters.add(Counter.FROM_CORE_PACKETS, Counter.FROM_CORE_BYTES, fromCore);
        fromCustomer = 0;
        fromCore = 0;
    }
}
