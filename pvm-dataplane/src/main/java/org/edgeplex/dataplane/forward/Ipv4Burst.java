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

    private final long[] packets = new long[CAPACITY];
    private final int[] destinations = new int[CAPACITY];
    private final int[] ttls = new int[CAPACITY];
    private final int[] adjacencies = new int[CAPACITY];
    private final boolean[] framed = new boolean[CAPACITY];
    private final byte[] origins = new byte[CAPACITY];
    private int size;
    private int approached;

    /// @param ttl the TTL with which the packet will leave
    void add(long packet, int destination, int ttl, byte origin) {
        packets[size] = packet;
        destinations[size] = destination;
        ttls[size] = ttl;
        framed[size] = false;
        origins[size] = origin;
        size++;
    }

    /// A packet of [OrdinaryInput]: as it came, with 18 bytes of Ethernet and a tag or a label.
    void addFramed(long packet, int destination, int ttl, byte origin) {
        int index = size;
        packets[index] = packet;
        destinations[index] = destination;
        ttls[index] = ttl;
        framed[index] = true;
        origins[index] = origin;
        size = index + 1;
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
        return ttls[index];
    }

    boolean isFramed(int index) {
        return framed[index];
    }

    byte origin(int index) {
        return origins[index];
    }

    int adjacency(int index) {
        return adjacencies[index];
    }

    /// For the lookup to fill.
    int[] adjacencies() {
        return adjacencies;
    }
}
