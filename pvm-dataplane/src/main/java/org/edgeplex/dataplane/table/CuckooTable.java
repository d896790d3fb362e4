package org.edgeplex.dataplane.table;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Memory;

/// A hash table from int to int in which a lookup touches two cache lines at most.
///
/// ```
/// bucket, 64 bytes:  | 7 tags, 0 = empty | - | 7 x (key, value) |
/// ```
///
/// A key has two buckets: the hash names one, and the tag leads from either to the other. All seven
/// tags are compared at once within a long (SWAR). Insertion into two full buckets moves entries to
/// their other buckets along the shortest path found by a breadth-first search of bounded length.
public final class CuckooTable {
    /// What [#get] returns for an absent key; so it is not a value.
    public static final int MISSING = -1;

    private static final int BUCKET_BYTES = 64;
    private static final int BUCKET_SHIFT = 6;
    private static final int SLOTS = 7;
    private static final int ENTRIES = 8;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long HIGH_BITS_OF_TAGS = 0x0080_8080_8080_8080L;
    private static final int NO_SLOT = -1;

    /// Buckets that an insertion may examine: more than full tables of 95 % load need.
    private static final int SEARCH_MAX = 1024;

    private final long base;
    private final int bucketMask;
    private int size;

    private final int[] queueBucket = new int[SEARCH_MAX];
    private final int[] queueParent = new int[SEARCH_MAX];
    private final byte[] queueSlot = new byte[SEARCH_MAX];

    /// Room for at least `entries` with a probability that leaves insertion failures to attackers.
    public CuckooTable(Arena arena, int entries) {
        int bucketsAtLeast = (int) (entries * 10L / (9L * SLOTS)) + 2;
        int buckets = Integer.highestOneBit(bucketsAtLeast - 1) << 1;
        base = arena.allocate((long) buckets * BUCKET_BYTES, BUCKET_BYTES).address();
        bucketMask = buckets - 1;
    }

    public int size() {
        return size;
    }

    /// The value of the key, or [#MISSING].
    public int get(int key) {
        int hash = hash(key);
        return get(key, hash, firstBucket(hash));
    }

    /// The first stage of a lookup in bursts: where the key would be.
    public long firstBucket(int hash) {
        return bucket(hash);
    }

    /// The second stage, when the bucket's line had time to arrive.
    public int get(int key, int hash, long firstBucket) {
        int tag = tag(hash);
        int value = match(firstBucket, key, tag);
        return value != MISSING ? value : match(bucket(other(hash, tag)), key, tag);
    }

    public static int hash(int key) {
        int mixed = key * 0x9e37_79b9;
        mixed = (mixed ^ mixed >>> 15) * 0x85eb_ca6b;
        return mixed ^ mixed >>> 13;
    }

    /// Compares all tags, then the keys whose tag matches. The search for zero bytes is the exact
    /// one, without carries between bytes: the usual shorter one can take a byte of 1 for 0, and so
    /// an emptied slot, whose key is still there, for a match.
    private static int match(long bucket, int key, int tag) {
        long difference = Memory.getLong(bucket) ^ tag * EACH_BYTE;
        long nonZero = ((difference & LOW_BITS) + LOW_BITS) | difference;
        long matches = ~nonZero & HIGH_BITS_OF_TAGS;
        while (matches != 0) {
            int slot = Long.numberOfTrailingZeros(matches) >>> 3;
            long entry = entry(bucket, slot);
            if (Memory.getInt(entry) == key) {
                return Memory.getInt(entry + Integer.BYTES);
            }
            matches &= matches - 1;
        }
        return MISSING;
    }

    public TableOutcome put(int key, int value) {
        if (value == MISSING) {
            throw new IllegalArgumentException("value " + MISSING + " means missing");
        }
        int hash = hash(key);
        int tag = tag(hash);
        long found = find(key, hash);
        if (found != 0) {
            Memory.putInt(found + Integer.BYTES, value);
            return TableOutcome.REPLACED;
        }
        int one = hash & bucketMask;
        int two = other(hash, tag) & bucketMask;
        int target = emptySlot(one) != NO_SLOT ? one : two;
        if (emptySlot(target) == NO_SLOT) {
            target = makeRoom(one, two);
            if (target < 0) {
                return TableOutcome.FULL;
            }
        }
        store(target, emptySlot(target), tag, (key & 0xffff_ffffL) | (long) value << 32);
        size++;
        return TableOutcome.ADDED;
    }

    /// True if the key was there.
    public boolean remove(int key) {
        long entry = find(key, hash(key));
        if (entry == 0) {
            return false;
        }
        long bucket = entry & -BUCKET_BYTES;
        int slot = (int) (entry - bucket - ENTRIES) / Long.BYTES;
        Memory.putByte(bucket + slot, 0);
        size--;
        return true;
    }

    /// The address of the key's entry, 0 if absent.
    private long find(int key, int hash) {
        int tag = tag(hash);
        long found = find(bucket(hash), key, tag);
        return found != 0 ? found : find(bucket(other(hash, tag)), key, tag);
    }

    private static long find(long bucket, int key, int tag) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long entry = entry(bucket, slot);
            if (Memory.getByte(bucket + slot) == tag && Memory.getInt(entry) == key) {
                return entry;
            }
        }
        return 0;
    }

    /// Frees a slot in one of two full buckets; returns that bucket, or -1.
    private int makeRoom(int one, int two) {
        int tail = enqueue(0, one, -1, 0);
        tail = enqueue(tail, two, -1, 0);
        for (int head = 0; head < tail; head++) {
            int from = queueBucket[head];
            for (int slot = 0; slot < SLOTS && tail < SEARCH_MAX; slot++) {
                int tag = Memory.getByte(bucket(from) + slot);
                int to = other(from, tag) & bucketMask;
                tail = enqueue(tail, to, head, slot);
                if (emptySlot(to) != NO_SLOT) {
                    return shift(tail - 1);
                }
            }
        }
        return -1;
    }

    private int enqueue(int tail, int bucket, int parent, int slotInParent) {
        queueBucket[tail] = bucket;
        queueParent[tail] = parent;
        queueSlot[tail] = (byte) slotInParent;
        return tail + 1;
    }

    /// Moves entries along the path that ends in a bucket with an empty slot, last one first, so
    /// that every key is in the table at every step.
    private int shift(int last) {
        int node = last;
        while (queueParent[node] >= 0) {
            int parent = queueParent[node];
            int to = queueBucket[node];
            int from = queueBucket[parent];
            int slot = queueSlot[node];
            int empty = emptySlot(to);
            if (empty == NO_SLOT) {
                return -1; // the path crosses itself: give up, nothing is lost
            }
            int tag = Memory.getByte(bucket(from) + slot);
            store(to, empty, tag, Memory.getLong(entry(bucket(from), slot)));
            Memory.putByte(bucket(from) + slot, 0);
            node = parent;
        }
        return queueBucket[node];
    }

    private void store(int bucket, int slot, int tag, long entry) {
        Memory.putLong(entry(bucket(bucket), slot), entry);
        Memory.putByte(bucket(bucket) + slot, tag);
    }

    private int emptySlot(int bucket) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (Memory.getByte(bucket(bucket) + slot) == 0) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    /// Never 0, which marks an empty slot.
    private static int tag(int hash) {
        int tag = hash >>> 24;
        return tag == 0 ? 1 : tag;
    }

    private static int other(int bucketOrHash, int tag) {
        return bucketOrHash ^ tag * 0x5bd1_e995;
    }

    private long bucket(int bucketOrHash) {
        return base + ((long) (bucketOrHash & bucketMask) << BUCKET_SHIFT);
    }

    private static long entry(long bucket, int slot) {
        return bucket + ENTRIES + (long) slot * Long.BYTES;
    }
}
