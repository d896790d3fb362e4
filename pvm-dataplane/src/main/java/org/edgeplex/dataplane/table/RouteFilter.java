package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Tells of most keys that are not in a table that they are not, in one access to memory small
/// enough for the second cache: a Bloom filter whose bits for a key are all in one word (Putze et
/// al., "Cache-, Hash- and Space-Efficient Bloom Filters", 2007), with counts on the writer's side,
/// so that keys can go.
///
/// Two bytes or more for each key that there is room for: of a hundred keys that are not there, one
/// or two pass.
final class RouteFilter {
    private static final int KEYS_PER_WORD = 4;
    private static final int WORD_SHIFT = 40;

    /// A count that has come so far stays: its bit is never cleared.
    private static final int COUNT_MAX = 255;

    private final long base;
    private final int mask;
    private final byte[] counts;

    RouteFilter(SegmentAllocator memory, int keys) {
        int words = Integer.highestOneBit(Math.max(1, keys / KEYS_PER_WORD)) << 1;
        base = memory.allocate((long) words * Long.BYTES, 64).address();
        mask = words - 1;
        counts = new byte[words * Long.SIZE];
    }

    /// False if the key is not in the table.
    boolean mayHold(long hash) {
        long bits = bits(hash);
        return (Memory.getLongConsume(address(word(hash))) & bits) == bits;
    }

    /// One or two bits, of parts of the hash that do not choose the word.
    private static long bits(long hash) {
        return 1L << (hash >>> 26) | 1L << (hash >>> 32);
    }

    /// Of a prefix up to 64 bits long: cheaper than that of the table, because it is computed for
    /// each length that there is. The product's upper half depends on all bits.
    static long hash(long high, int length) {
        return (high ^ high >>> 32 ^ length) * 0x9e37_79b9_7f4a_7c15L;
    }

    /// Of a longer one.
    static long hash(long high, long low, int length) {
        return (hash(high, length) ^ low ^ low >>> 32) * 0xbf58_476d_1ce4_e5b9L;
    }

    private int word(long hash) {
        return (int) (hash >>> WORD_SHIFT) & mask;
    }

    private long address(int word) {
        return base + (long) word * Long.BYTES;
    }

    void add(long hash) {
        int word = word(hash);
        for (long rest = bits(hash); rest != 0; rest &= rest - 1) {
            int at = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            if ((counts[at] & COUNT_MAX) < COUNT_MAX) {
                counts[at]++;
            }
        }
        Memory.putLongRelease(address(word), Memory.getLong(address(word)) | bits(hash));
    }

    /// A key that was added.
    void remove(long hash) {
        int word = word(hash);
        long gone = 0;
        for (long rest = bits(hash); rest != 0; rest &= rest - 1) {
            int at = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            if ((counts[at] & COUNT_MAX) < COUNT_MAX && --counts[at] == 0) {
                gone |= rest & -rest;
            }
        }
        Memory.putLongRelease(address(word), Memory.getLong(address(word)) & ~gone);
    }
}
