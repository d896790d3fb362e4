package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;

/// A hash table from (128 bits, length) to a number of 24 bits, in which a lookup touches two cache
/// lines at most: what [CuckooTable] is for IPv4, with the keys of IPv6 prefixes and addresses.
///
/// A key has two buckets of three slots ([WideBuckets]). Insertion into two full ones moves other
/// entries along the shortest way to an empty slot, found by a breadth-first search of bounded
/// length. The size is fixed.
///
/// **Threads.** One writes; any number read, without locks and without waiting for the writer. As
/// in [CuckooTable], an entry that moves is in both of its buckets for a moment, each move is
/// counted in between, and who misses a key looks again if the count has changed.
public final class WideTable {
    /// What [#get] returns for an absent key; so it is not a value.
    public static final int MISSING = -1;

    public static final int VALUE_MAX = WideBuckets.VALUE_MAX;

    /// Buckets that a search may examine.
    private static final int SEARCH_MAX = 1024;

    private static final int NONE = -1;

    private final WideBuckets buckets;
    private final int entriesMax;
    private final int[] path = new int[SEARCH_MAX];
    private final int[] parent = new int[SEARCH_MAX];
    private final byte[] slotInParent = new byte[SEARCH_MAX];
    private volatile long moves;
    private int size;

    public WideTable(SegmentAllocator memory, int entriesMax) {
        buckets = new WideBuckets(memory, WideBuckets.bucketsFor(entriesMax));
        this.entriesMax = entriesMax;
    }

    public int size() {
        return size;
    }

    WideBuckets buckets() {
        return buckets;
    }

    long moves() {
        return moves;
    }

    /// The value of the key, or [#MISSING].
    public int get(long high, long low, int length) {
        long hash = WideBuckets.hash(high, low, length);
        while (true) {
            long before = moves;
            long one = buckets.address(buckets.one(hash));
            int value = WideBuckets.match(one, high, low, length);
            if (value == MISSING) {
                long two = buckets.address(buckets.two(hash));
                value = WideBuckets.match(two, high, low, length);
            }
            if (value != MISSING || moves == before) {
                return value;
            }
        }
    }

    /// Either happens whole or, if the answer is [TableOutcome#FULL], not at all.
    public TableOutcome put(long high, long low, int length, int value) {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException("value out of range 0.." + VALUE_MAX + ": " + value);
        }
        long hash = WideBuckets.hash(high, low, length);
        int one = buckets.one(hash);
        int two = buckets.two(hash);
        int word = WideBuckets.word(length, value);
        if (replace(one, high, low, length, word) || replace(two, high, low, length, word)) {
            return TableOutcome.REPLACED;
        }
        if (size == entriesMax
                || !buckets.store(one, high, low, word)
                        && !buckets.store(two, high, low, word)
                        && !storeWithRoom(one, two, high, low, word)) {
            return TableOutcome.FULL;
        }
        size++;
        return TableOutcome.ADDED;
    }

    private boolean replace(int bucket, long high, long low, int length, int word) {
        int slot = buckets.find(bucket, high, low, length);
        if (slot == WideBuckets.NO_SLOT) {
            return false;
        }
        buckets.replace(bucket, slot, word);
        return true;
    }

    private boolean storeWithRoom(int one, int two, long high, long low, int word) {
        int freed = makeRoom(one, two);
        return freed != NONE && buckets.store(freed, high, low, word);
    }

    /// True if the key was there.
    public boolean remove(long high, long low, int length) {
        long hash = WideBuckets.hash(high, low, length);
        if (!clear(buckets.one(hash), high, low, length)
                && !clear(buckets.two(hash), high, low, length)) {
            return false;
        }
        size--;
        return true;
    }

    private boolean clear(int bucket, long high, long low, int length) {
        int slot = buckets.find(bucket, high, low, length);
        if (slot == WideBuckets.NO_SLOT) {
            return false;
        }
        buckets.clear(bucket, slot);
        return true;
    }

    /// Frees a slot in one of two full buckets; returns that bucket, or [#NONE].
    private int makeRoom(int one, int two) {
        int tail = enqueue(0, one, NONE, 0);
        tail = enqueue(tail, two, NONE, 0);
        for (int head = 0; head < tail; head++) {
            for (int slot = 0; slot < WideBuckets.SLOTS && tail < SEARCH_MAX; slot++) {
                int to = buckets.other(path[head], slot);
                tail = enqueue(tail, to, head, slot);
                if (!buckets.isFull(to)) {
                    return shift(tail - 1);
                }
            }
        }
        return NONE;
    }

    private int enqueue(int tail, int bucket, int parentNode, int slot) {
        path[tail] = bucket;
        parent[tail] = parentNode;
        slotInParent[tail] = (byte) slot;
        return tail + 1;
    }

    /// The last entry moves first, and each is in its new place before it leaves the old one. A
    /// shortest path visits no bucket twice, so what the search saw still holds.
    private int shift(int last) {
        int node = last;
        while (parent[node] != NONE) {
            int from = path[parent[node]];
            int slot = slotInParent[node];
            int word = buckets.wordAt(from, slot);
            if (!buckets.store(
                    path[node], buckets.highAt(from, slot), buckets.lowAt(from, slot), word)) {
                throw new AssertionError("the path's end is full");
            }
            long counted = moves + 1;
            moves = counted;
            buckets.clear(from, slot);
            node = parent[node];
        }
        return path[node];
    }
}
