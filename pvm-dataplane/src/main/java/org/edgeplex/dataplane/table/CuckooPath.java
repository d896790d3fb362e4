package org.edgeplex.dataplane.table;

/// Makes room in one of two full buckets: the shortest way to an empty slot, found by a
/// breadth-first search of bounded length, along which entries move to their other bucket.
///
/// The last one moves first, and each is in its new place before it leaves the old one: so every
/// entry is in the table at every step.
final class CuckooPath {
    /// What [#makeRoom] says when there is none.
    static final int NONE = -1;

    /// Buckets that a search may examine: more than tables of 95 % load need.
    private static final int SEARCH_MAX = 1024;

    private final int[] bucket = new int[SEARCH_MAX];
    private final int[] parent = new int[SEARCH_MAX];
    private final byte[] slotInParent = new byte[SEARCH_MAX];
    private final Moves moves;

    /// Told of an entry that is in both of its buckets and about to leave one.
    interface Moves {
        void moving(long entry);
    }

    CuckooPath(Moves moves) {
        this.moves = moves;
    }

    /// Frees a slot in one of two full buckets; returns that bucket, or [#NONE].
    int makeRoom(CuckooBuckets buckets, int one, int two) {
        int tail = enqueue(0, one, NONE, 0);
        tail = enqueue(tail, two, NONE, 0);
        for (int head = 0; head < tail; head++) {
            int from = bucket[head];
            for (int slot = 0; slot < CuckooBuckets.SLOTS && tail < SEARCH_MAX; slot++) {
                int to = destination(buckets, from, slot);
                tail = enqueue(tail, to, head, slot);
                if (!buckets.isFull(to)) {
                    return shift(buckets, tail - 1);
                }
            }
        }
        return NONE;
    }

    private int enqueue(int tail, int each, int parentNode, int slot) {
        bucket[tail] = each;
        parent[tail] = parentNode;
        slotInParent[tail] = (byte) slot;
        return tail + 1;
    }

    private static int destination(CuckooBuckets buckets, int from, int slot) {
        return buckets.index(CuckooBuckets.other(from, buckets.tagAt(from, slot)));
    }

    /// A shortest path visits no bucket twice, so what the search saw still holds.
    private int shift(CuckooBuckets buckets, int last) {
        int node = last;
        while (parent[node] != NONE) {
            int from = bucket[parent[node]];
            int slot = slotInParent[node];
            long entry = buckets.entryAt(from, slot);
            if (!buckets.store(bucket[node], buckets.tagAt(from, slot), entry)) {
                throw new AssertionError("the path's end is full");
            }
            moves.moving(entry);
            buckets.clear(from, slot);
            node = parent[node];
        }
        return bucket[node];
    }
}
