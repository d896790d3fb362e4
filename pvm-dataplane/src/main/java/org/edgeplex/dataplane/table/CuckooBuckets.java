package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// The buckets of a [CuckooTable] at one size.
///
/// ```
/// bucket, 64 bytes:  | 7 tags, 0 = empty | - | 7 x (key, value) |
/// ```
///
/// Tags are one long and an entry is one long, and each is read and written whole. An entry is
/// written before its tag, both with release; a reader consumes tags, then the entries that they
/// lead to. So it sees an entry whole or not at all.
final class CuckooBuckets {
    static final int SLOTS = 7;

    private static final int BUCKET_BYTES = 64;
    private static final int BUCKET_SHIFT = 6;
    private static final int ENTRIES = 8;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long HIGH_BITS_OF_TAGS = 0x0080_8080_8080_8080L;
    private static final int NO_SLOT = -1;

    private final long base;
    private final int mask;

    CuckooBuckets(SegmentAllocator memory, int buckets) {
        base = memory.allocate((long) buckets * BUCKET_BYTES, BUCKET_BYTES).address();
        mask = buckets - 1;
    }

    /// How many buckets hold that many entries at nine tenths of load.
    static int bucketsFor(int entries) {
        int atLeast = (int) (entries * 10L / (9L * SLOTS)) + 2;
        return Integer.highestOneBit(atLeast - 1) << 1;
    }

    int count() {
        return mask + 1;
    }

    static int hash(int key) {
        int mixed = key * 0x9e37_79b9;
        mixed = (mixed ^ mixed >>> 15) * 0x85eb_ca6b;
        return mixed ^ mixed >>> 13;
    }

    /// Never 0, which marks an empty slot.
    static int tag(int hash) {
        int tag = hash >>> 24;
        return tag + (tag - 1 >>> 31);
    }

    /// From one of an entry's two buckets to the other one, in either direction.
    static int other(int bucketOrHash, int tag) {
        return bucketOrHash ^ tag * 0x5bd1_e995;
    }

    int index(int bucketOrHash) {
        return bucketOrHash & mask;
    }

    /// The address of a bucket.
    long bucket(int bucketOrHash) {
        return bucket(base, bucketOrHash & mask);
    }

    static long bucket(long base, int index) {
        return base + ((long) index << BUCKET_SHIFT);
    }

    /// Where the first bucket is.
    long base() {
        return base;
    }

    /// What is of a hash the bucket's index.
    int mask() {
        return mask;
    }

    /// The value of the key in this bucket, or [CuckooTable#MISSING].
    ///
    /// Compares all tags, then the keys whose tag matches. The search for zero bytes is the exact
    /// one, without carries between bytes: the usual shorter one can take a byte of 1 for 0, and so
    /// an emptied slot, whose key is still there, for a match.
    static int match(long bucket, int key, int tag) {
        long difference = Memory.getLongConsume(bucket) ^ tag * EACH_BYTE;
        long nonZero = ((difference & LOW_BITS) + LOW_BITS) | difference;
        long matches = ~nonZero & HIGH_BITS_OF_TAGS;
        while (matches != 0) {
            long at = bucket + ENTRIES + (Long.numberOfTrailingZeros(matches) & -Long.BYTES);
            long entry = Memory.getLongConsume(at);
            if ((int) entry == key) {
                return (int) (entry >>> 32);
            }
            matches &= matches - 1;
        }
        return CuckooTable.MISSING;
    }

    /// The address of the key's entry, 0 if absent. For the writer.
    long find(int key, int hash) {
        int tag = tag(hash);
        long found = find(bucket(hash), key, tag);
        return found != 0 ? found : find(bucket(other(hash, tag)), key, tag);
    }

    private static long find(long bucket, int key, int tag) {
        long tags = Memory.getLong(bucket);
        for (int slot = 0; slot < SLOTS; slot++) {
            if (tagAt(tags, slot) == tag && Memory.getInt(entry(bucket, slot)) == key) {
                return entry(bucket, slot);
            }
        }
        return 0;
    }

    static void replace(long entry, int key, int value) {
        Memory.putLongRelease(entry, pack(key, value));
    }

    /// Empties the slot whose entry has this address.
    static void clear(long entry) {
        long bucket = entry & -BUCKET_BYTES;
        putTag(bucket, (int) (entry - bucket - ENTRIES) >>> 3, 0);
    }

    /// Writes into an empty slot; false if the bucket is full.
    boolean store(int bucketOrHash, int tag, long entry) {
        int slot = emptySlot(bucketOrHash);
        if (slot == NO_SLOT) {
            return false;
        }
        long bucket = bucket(bucketOrHash);
        Memory.putLongRelease(entry(bucket, slot), entry);
        putTag(bucket, slot, tag);
        return true;
    }

    private static void putTag(long bucket, int slot, int tag) {
        int shift = slot * Byte.SIZE;
        long others = Memory.getLong(bucket) & ~(0xffL << shift);
        Memory.putLongRelease(bucket, others | (long) tag << shift);
    }

    boolean isFull(int bucketOrHash) {
        return emptySlot(bucketOrHash) == NO_SLOT;
    }

    private int emptySlot(int bucketOrHash) {
        long tags = Memory.getLong(bucket(bucketOrHash));
        for (int slot = 0; slot < SLOTS; slot++) {
            if (tagAt(tags, slot) == 0) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    /// The tag in a slot, 0 if it is empty.
    int tagAt(int bucketOrHash, int slot) {
        return tagAt(Memory.getLong(bucket(bucketOrHash)), slot);
    }

    private static int tagAt(long tags, int slot) {
        return (int) (tags >>> slot * Byte.SIZE) & 0xff;
    }

    long entryAt(int bucketOrHash, int slot) {
        return Memory.getLong(entry(bucket(bucketOrHash), slot));
    }

    void clear(int bucketOrHash, int slot) {
        putTag(bucket(bucketOrHash), slot, 0);
    }

    static long pack(int key, int value) {
        return key & 0xffff_ffffL | (long) value << 32;
    }

    private static long entry(long bucket, int slot) {
        return bucket + ENTRIES + (long) slot * Long.BYTES;
    }
}
