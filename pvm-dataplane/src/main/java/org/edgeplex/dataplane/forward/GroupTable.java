package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import java.util.List;
import org.edgeplex.dataplane.packet.Memory;

/// Groups of adjacencies among which the flows of a route are spread.
///
/// A group is an array of buckets, each with the number of a member; a flow's hash names the
/// bucket. The member of a bucket is the one that scores highest for it (rendezvous hashing, Thaler
/// and Ravishankar 1998): when one leaves, its buckets alone change hands, and the same members
/// always share in the same way, so that a data plane that starts again keeps every flow's path.
///
/// A group's number is [#FIRST] and above, and the route itself says that it has one: routes
/// without a group do not look here.
public final class GroupTable {
    /// The number of the first group; below are adjacencies.
    public static final int FIRST = 0xf000;

    public static final int MEMBERS_MAX = 64;

    static final int BUCKETS = 512;

    private static final int GROUP_BYTES = BUCKETS * Integer.BYTES;

    private final long base;
    private final int capacity;

    GroupTable(SegmentAllocator memory, int capacity) {
        base = memory.allocate(Math.max(1L, (long) capacity * GROUP_BYTES), 64).address();
        this.capacity = capacity;
    }

    boolean has(int number) {
        return number >= FIRST && number - FIRST < capacity;
    }

    /// The group's members, in any order.
    void put(int number, List<Integer> members) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int best = members.getFirst();
            for (int member : members) {
                int difference =
                        Integer.compareUnsigned(score(bucket, member), score(bucket, best));
                if (difference > 0 || difference == 0 && member < best) {
                    best = member;
                }
            }
            Memory.putInt(bucket(number, bucket), best);
        }
    }

    private static int score(int bucket, int member) {
        return FlowHash.mix(bucket * 0x9e37_79b9 ^ FlowHash.mix(member + 1));
    }

    /// The adjacency for a flow.
    int member(int number, int hash) {
        return Memory.getInt(bucket(number, hash >>> Integer.SIZE - 9));
    }

    private long bucket(int number, int bucket) {
        return base + (long) (number - FIRST) * GROUP_BYTES + (long) bucket * Integer.BYTES;
    }
}
