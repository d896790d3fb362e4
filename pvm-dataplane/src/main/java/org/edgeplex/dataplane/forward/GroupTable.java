package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// [Group]s by number, each an array of buckets with the numbers of adjacencies.
///
/// A group's number is [#FIRST] and above, and the route itself says that it has one: routes
/// without a group do not look here.
public final class GroupTable {
    /// The number of the first group; below are adjacencies.
    public static final int FIRST = 0xf000;

    /// So all numbers fit in the 16 bits that a route may have for one.
    public static final int GROUPS_MAX = 4000;

    private static final int GROUP_BYTES = Group.BUCKETS * Integer.BYTES;
    private static final int BUCKET_SHIFT =
            Integer.SIZE - Integer.numberOfTrailingZeros(Group.BUCKETS);

    private final long base;
    private final int capacity;

    GroupTable(SegmentAllocator memory, int capacity) {
        base = memory.allocate(Math.max(1L, (long) capacity * GROUP_BYTES), 64).address();
        this.capacity = capacity;
    }

    boolean has(int number) {
        return number >= FIRST && number - FIRST < capacity;
    }

    void put(int number, Group group) {
        for (int bucket = 0; bucket < Group.BUCKETS; bucket++) {
            Memory.putInt(address(number, bucket), group.member(bucket));
        }
    }

    /// The adjacency for a flow.
    int member(int number, int hash) {
        return Memory.getInt(address(number, hash >>> BUCKET_SHIFT));
    }

    private long address(int number, int bucket) {
        return base + (long) (number - FIRST) * GROUP_BYTES + (long) bucket * Integer.BYTES;
    }
}
