package org.edgeplex.dataplane.packet;

import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// A bounded array of packets, laid out as the `struct rte_mbuf **` that DPDK reads and fills.
///
/// The memory belongs to the arena; a vector lives as long as its port or worker.
public final class PacketVector {
    /// From one packet's [#slot] to the next one's.
    public static final int SLOT_BYTES = Long.BYTES;

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

    /// Where a packet's address is, or the end of those before it; for loops over many, see
    /// [#SLOT_BYTES].
    public long slot(int index) {
        return address + (long) SLOT_BYTES * index;
    }

    public long get(int index) {
        return Memory.getLong(address + (long) SLOT_BYTES * index);
    }

    /// Adds a packet; the caller made sure of the room.
    public void add(long packet) {
        Memory.putLong(address + (long) SLOT_BYTES * size, packet);
        size++;
    }

    /// How many packets more fit.
    public int room() {
        return capacity - size;
    }

    /// So many have been written into the slots from [#size] on.
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
