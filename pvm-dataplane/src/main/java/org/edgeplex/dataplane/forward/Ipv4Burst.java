package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import java.util.Objects;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.table.LookupVector;

/// IPv4 packets that are valid and wait for their route: data begins at the IP header and ends with
/// the datagram, except of those that are framed still.
///
/// Their destinations are the keys of a [LookupVector], whose records have of each packet besides:
///
/// ```
/// 24       32       40                                       44
/// | packet | header | TTL, 24 bits | - | framed, 1 | origin, 2 | label |
/// ```
final class Ipv4Burst {
    /// A burst, and the ICMP errors and released packets that it may cause.
    static final int CAPACITY = 2 * PacketIo.BURST_MAX;

    static final byte FROM_CUSTOMER = 0;
    static final byte FROM_CORE = 1;

    /// Made here or by the kernel beside us.
    static final byte FROM_SELF = 2;

    private static final int PACKET = LookupVector.CALLER;
    private static final int HEADER = PACKET + Long.BYTES;
    private static final int NOTE = HEADER + Long.BYTES;
    private static final int LABEL = NOTE + Integer.BYTES;

    private static final int ORIGIN_MASK = 3;
    private static final int FRAMED = 4;
    private static final int TTL_SHIFT = 8;

    private final LookupVector lookups;
    private int size;
    private int approached;

    Ipv4Burst(SegmentAllocator memory) {
        lookups = new LookupVector(memory, CAPACITY);
    }

    /// @param ttl the TTL with which the packet will leave
    void add(long packet, int destination, int ttl, byte origin) {
        long record = lookups.record(Objects.checkIndex(size, CAPACITY));
        put(record, packet, 0, destination, ttl << TTL_SHIFT | origin);
        size++;
    }

    /// The record of the next packet; those after it follow.
    long next() {
        return lookups.record(size);
    }

    /// Writes a packet of [OrdinaryInput] into a record from [#next] on: as it came, with 18 bytes
    /// of Ethernet and a tag or a label. It joins with [#added].
    static void putFramed(
            long record, long packet, long header, int destination, int ttl, byte origin) {
        put(record, packet, header, destination, ttl << TTL_SHIFT | FRAMED | origin);
    }

    /// The label that a framed packet from the core came with.
    static void setLabel(long record, int label) {
        Memory.putInt(record + LABEL, label);
    }

    static int label(long record) {
        return Memory.getInt(record + LABEL);
    }

    /// So many have been put.
    void added(int count) {
        size += count;
    }

    private static void put(long record, long packet, long header, int destination, int note) {
        LookupVector.setKey(record, destination);
        Memory.putLong(record + PACKET, packet);
        Memory.putLong(record + HEADER, header);
        Memory.putInt(record + NOTE, note);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    void clear() {
        size = 0;
        approached = 0;
    }

    /// How many packets the lookup has prepared for.
    int approached() {
        return approached;
    }

    void setApproached(int count) {
        approached = count;
    }

    /// Of the destinations.
    LookupVector lookups() {
        return lookups;
    }

    long record(int index) {
        return lookups.record(index);
    }

    static long packet(long record) {
        return Memory.getLong(record + PACKET);
    }

    /// Where the IP header of a framed packet is.
    static long header(long record) {
        return Memory.getLong(record + HEADER);
    }

    static int destination(long record) {
        return LookupVector.key(record);
    }

    /// What the lookup has found.
    static int adjacency(long record) {
        return LookupVector.value(record);
    }

    static int ttl(long record) {
        return Memory.getInt(record + NOTE) >>> TTL_SHIFT;
    }

    static boolean isFramed(long record) {
        return (Memory.getInt(record + NOTE) & FRAMED) != 0;
    }

    static boolean isFramedFrom(long record, byte origin) {
        return (Memory.getInt(record + NOTE) & (FRAMED | ORIGIN_MASK)) == (FRAMED | origin);
    }

    static byte origin(long record) {
        return (byte) (Memory.getInt(record + NOTE) & ORIGIN_MASK);
    }
}
