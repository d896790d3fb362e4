package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.io.PacketIo;

/// IPv4 packets that are valid and wait for their route: data begins at the IP header and ends with
/// the datagram, except of those that are framed still.
final class Ipv4Burst {
    /// A burst, and the ICMP errors and released packets that it may cause.
    static final int CAPACITY = 2 * PacketIo.BURST_MAX;

    static final byte FROM_CUSTOMER = 0;
    static final byte FROM_CORE = 1;

    /// Made here or by the kernel beside us.
    static final byte FROM_SELF = 2;

    /// What a packet brings along, in one word for one access:
    ///
    /// ```
    /// | TTL, 8 bits | framed, 1 | origin, 2 |
    /// ```
    private static final int ORIGIN_MASK = 3;

    private static final int FRAMED = 4;
    private static final int TTL_SHIFT = 8;

    private final long[] packets = new long[CAPACITY];
    private final int[] destinations = new int[CAPACITY];
    private final int[] notes = new int[CAPACITY];
    private final int[] adjacencies = new int[CAPACITY];
    private int size;
    private int approached;

    /// @param ttl the TTL with which the packet will leave
    void add(long packet, int destination, int ttl, byte origin) {
        put(size, packet, destination, ttl << TTL_SHIFT | origin);
        size++;
    }

    /// A packet of [OrdinaryInput]: as it came, with 18 bytes of Ethernet and a tag or a label. It
    /// joins with [#added].
    ///
    /// @param index beyond the packets that have joined
    void putFramed(int index, long packet, int destination, int ttl, byte origin) {
        put(index, packet, destination, ttl << TTL_SHIFT | FRAMED | origin);
    }

    /// So many have been put.
    void added(int count) {
        size += count;
    }

    private void put(int index, long packet, int destination, int note) {
        packets[index] = packet;
        destinations[index] = destination;
        notes[index] = note;
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

    long packet(int index) {
        return packets[index];
    }

    int[] destinations() {
        return destinations;
    }

    int ttl(int index) {
        return notes[index] >>> TTL_SHIFT;
    }

    boolean isFramed(int index) {
        return (notes[index] & FRAMED) != 0;
    }

    boolean isFramedFrom(int index, byte origin) {
        return (notes[index] & (FRAMED | ORIGIN_MASK)) == (FRAMED | origin);
    }

    byte origin(int index) {
        return (byte) (notes[index] & ORIGIN_MASK);
    }

    int adjacency(int index) {
        return adjacencies[index];
    }

    /// For the lookup to fill.
    int[] adjacencies() {
        return adjacencies;
    }
}
