package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.VarHandle;
import org.edgeplex.dataplane.packet.Memory;

/// The buckets of a [WideTable].
///
/// ```
/// bucket, 64 bytes:  | 3 x (high, low), 48 bytes | 3 x (length+1 (8), value (24)) | version |
/// ```
///
/// A slot whose last word is 0 is empty. An entry is more than one word, so the writer empties a
/// slot, counts the version up, writes the key and then the last word, in this order; a reader
/// reads in the reverse order and believes what it saw if the version is still the one it began
/// with. It looks again only when the writer has gone on meanwhile: a stalled writer holds up
/// nobody.
final class WideBuckets {
    static final int SLOTS = 3;
    static final int VALUE_MAX = (1 << 24) - 1;
    static final int NO_SLOT = -1;

    private static final int BUCKET_SHIFT = 6;
    private static final int WORDS = 48;
    private static final int VERSION = 60;
    private static final int KEY_SHIFT = 4;
    private static final int LENGTH_SHIFT = 24;

    private final long base;
    private final int mask;

    WideBuckets(SegmentAllocator memory, int buckets) {
        base = memory.allocate((long) buckets << BUCKET_SHIFT, 1 << BUCKET_SHIFT).address();
        mask = buckets - 1;
    }

    /// How many buckets hold that many entries at four fifths of load.
    static int bucketsFor(int entries) {
        int atLeast = (int) (entries * 5L / (4L * SLOTS)) + 2;
        return Integer.highestOneBit(atLeast - 1) << 1;
    }

    int count() {
        return mask + 1;
    }

    /// The low and the high half lead to the key's two buckets.
    static long hash(long high, long low, int length) {
        long mixed = (high + length * 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 32 ^ low) * 0x94d0_49bb_1331_11ebL;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
        return mixed ^ mixed >>> 32;
    }

    int one(long hash) {
        return (int) hash & mask;
    }

    int two(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    long address(int bucket) {
        return base + ((long) bucket << BUCKET_SHIFT);
    }

    static int word(int length, int value) {
        return length + 1 << LENGTH_SHIFT | value;
    }

    /// The value of the key in the bucket at this address, or [WideTable#MISSING].
    static int match(long bucket, long high, long low, int length) {
        while (true) {
            int version = Memory.getIntAcquire(bucket + VERSION);
            int value = WideTable.MISSING;
            for (int slot = 0; slot < SLOTS; slot++) {
                int word = Memory.getIntAcquire(bucket + WORDS + ((long) slot << 2));
                long key = bucket + ((long) slot << KEY_SHIFT);
                if (word >>> LENGTH_SHIFT == length + 1
                        && Memory.getLong(key) == high
                        && Memory.getLong(key + Long.BYTES) == low) {
                    value = word & VALUE_MAX;
                    break;
                }
            }
            VarHandle.acquireFence();
            if (Memory.getIntAcquire(bucket + VERSION) == version) {
                return value;
            }
        }
    }

    /// The slot of the key, or [#NO_SLOT]. For the writer, as all below.
    int find(int bucket, long high, long low, int length) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (wordAt(bucket, slot) >>> LENGTH_SHIFT == length + 1
                    && highAt(bucket, slot) == high
                    && lowAt(bucket, slot) == low) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    void replace(int bucket, int slot, int word) {
        Memory.putIntRelease(wordAddress(bucket, slot), word);
    }

    void clear(int bucket, int slot) {
        Memory.putIntRelease(wordAddress(bucket, slot), 0);
    }

    /// Writes into an empty slot; false if the bucket is full.
    boolean store(int bucket, long high, long low, int word) {
        int slot = emptySlot(bucket);
        if (slot == NO_SLOT) {
            return false;
        }
        long at = address(bucket);
        Memory.putIntRelease(at + VERSION, Memory.getInt(at + VERSION) + 1);
        VarHandle.storeStoreFence();
        long key = at + ((long) slot << KEY_SHIFT);
        Memory.putLong(key, high);
        Memory.putLong(key + Long.BYTES, low);
        Memory.putIntRelease(wordAddress(bucket, slot), word);
        return true;
    }

    boolean isFull(int bucket) {
        return emptySlot(bucket) == NO_SLOT;
    }

    private int emptySlot(int bucket) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (wordAt(bucket, slot) == 0) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    int wordAt(int bucket, int slot) {
        return Memory.getInt(wordAddress(bucket, slot));
    }

    long highAt(int bucket, int slot) {
        return Memory.getLong(address(bucket) + ((long) slot << KEY_SHIFT));
    }

    long lowAt(int bucket, int slot) {
        return Memory.getLong(address(bucket) + ((long) slot << KEY_SHIFT) + Long.BYTES);
    }

    /// The other bucket of the entry in a slot.
    int other(int bucket, int slot) {
        int length = (wordAt(bucket, slot) >>> LENGTH_SHIFT) - 1;
        long hash = hash(highAt(bucket, slot), lowAt(bucket, slot), length);
        int one = one(hash);
        return bucket == one ? two(hash) : one;
    }

    private long wordAddress(int bucket, int slot) {
        return address(bucket) + WORDS + ((long) slot << 2);
    }
}
