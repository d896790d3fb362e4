package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.Bytes;

/// A key's place among a table's tablets: the first half of MurmurHash3 (x64, 128 bits), seeded
/// with the lower half of the table's id. Hashes are ordered as unsigned.
public final class KeyHash {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK_BYTES = 16;

    private KeyHash() {}

    public static long of(long tableId, Bytes key) {
        long h1 = tableId & 0xffff_ffffL;
        long h2 = h1;
        int length = key.length();
        int tail = length & -BLOCK_BYTES;
        for (int at = 0; at < tail; at += BLOCK_BYTES) {
            h1 ^= mixFirst(word(key, at, Long.BYTES));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond(word(key, at + Long.BYTES, Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        int rest = length - tail;
        if (rest > Long.BYTES) {
            h2 ^= mixSecond(word(key, tail + Long.BYTES, rest - Long.BYTES));
        }
        if (rest > 0) {
            h1 ^= mixFirst(word(key, tail, Math.min(rest, Long.BYTES)));
        }
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mixFirst(long word) {
        return Long.rotateLeft(word * C1, 31) * C2;
    }

    private static long mixSecond(long word) {
        return Long.rotateLeft(word * C2, 33) * C1;
    }

    private static long finish(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        return h;
    }

    private static long word(Bytes key, int at, int count) {
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | key.at(at + i) & 0xff;
        }
        return word;
    }
}
