package org.edgeplex.dataplane.packet;

import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// A bounded array of packets, laid out as the `struct rte_mbuf **` that DPDK reads and fills.
///
/// The memory belongs to the arena; a vector lives as long as its port or worker.
public final class PacketVector {
    private static final int CACHE_LINE_BYTES = 64;

    private final long address;
    private final int capacity;
    private int size;

    public PacketVector(SegmentAllocator memory, int capacity) {
        this.capacity = capacity;
        this.address =
                memory.allocate(capacity * ValueLayout.JAVA_LONG.byteSize(), CACHE_LINE_BYTES)
                        .address();
    }

    public long address() {
        return address;
    }

    public int capacity() {
        return capacity;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == capacity;
    }

    public long get(int index) {
        return Memory.getLong(address + 8L * index);
    }

    /// Adds a packet; the caller made sure of the room.
    public void add(long packet) {
        Memory.putLong(address + 8L * size, packet);
        size++;
    }

    /// How many packets more fit.
    public int room() {
        return capacity - size;
    }

    /// Writes a packet beyond those that are there; it joins with [#added].
    public void put(int index, long packet) {
        Memory.putLong(address + 8L * index, packet);
    }

    /// So many have been put.
    public void added(int count) {
        size += count;
    }

    public void clear() {
        size = 0;
    }

    /// After a driver has filled the array.
    public void setSize(int count) {
        size = count;
    }
}
