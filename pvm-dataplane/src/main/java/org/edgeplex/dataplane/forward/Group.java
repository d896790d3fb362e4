package org.edgeplex.dataplane.forward;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Adjacencies among which the flows of a route are spread: who gets which of the buckets that a
/// flow's hash names.
///
/// The member of a bucket is the one that scores highest for it (rendezvous hashing, Thaler and
/// Ravishankar 1998): when one leaves, its buckets alone change hands, and the same members always
/// share in the same way, so that a data plane that starts again keeps every flow's path.
///
/// Made off the packet path, which only copies the buckets.
public final class Group {
    public static final int MEMBERS_MAX = 64;

    /// Of 64 members each has eight, more or less.
    static final int BUCKETS = 512;

    private final List<Integer> members;
    private final int[] buckets;

    private Group(List<Integer> members) {
        this.members = members;
        buckets = IntStream.range(0, BUCKETS).map(this::best).toArray();
    }

    /// The adjacencies, in any order.
    public static Group of(List<Integer> members) {
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException("members out of range 1..64: " + members.size());
        }
        return new Group(members.stream().distinct().sorted().toList());
    }

    private int best(int bucket) {
        return members.stream()
                .max(Comparator.comparingLong(member -> score(bucket, member)))
                .orElseThrow();
    }

    private static long score(int bucket, int member) {
        return FlowHash.mix(bucket * 0x9e37_79b9 ^ FlowHash.mix(member + 1)) & 0xffff_ffffL;
    }

    List<Integer> members() {
        return members;
    }

    int member(int bucket) {
        return buckets[bucket];
    }
}
