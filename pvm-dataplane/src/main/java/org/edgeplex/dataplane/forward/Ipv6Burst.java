package org.edgeplex.dataplane.forward;

/// IPv6 packets that are valid and wait for their route: data begins at the IPv6 header and ends
/// with the packet. Origins are those of [Ipv4Burst].
final class Ipv6Burst {
    static final int CAPACITY = Ipv4Burst.CAPACITY;

    private final long[] packets = new long[CAPACITY];
    private final long[] high = new long[CAPACITY];
    private final long[] low = new long[CAPACITY];
    private final int[] hopLimits = new int[CAPACITY];
    private final int[] adjacencies = new int[CAPACITY];
    private final byte[] origins = new byte[CAPACITY];
    private int size;

    /// @param hopLimit with which the packet will leave
    void add(long packet, long destinationHigh, long destinationLow, int hopLimit, byte origin) {
        packets[size] = packet;
        high[size] = destinationHigh;
        low[size] = destinationLow;
        hopLimits[size] = hopLimit;
        origins[size] = origin;
        size++;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    void clear() {
        size = 0;
    }

    long packet(int index) {
        return packets[index];
    }

    long[] high() {
        return high;
    }

    long[] low() {
        return low;
    }

    int hopLimit(int index) {
        return hopLimits[index];
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
