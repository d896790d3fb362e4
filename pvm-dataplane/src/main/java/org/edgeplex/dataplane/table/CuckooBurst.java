package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Looks keys up in a [CuckooTable] many at a time, in two stages, so that the cache misses of
/// different keys overlap: [#locate], a prefetch of [#lines] by the caller, [#match].
///
/// One for each reading thread.
public final class CuckooBurst {
    private final CuckooTable table;
    private final int[] hashes;
    private final long lines;
    private CuckooBuckets buckets;
    private long moves;

    public CuckooBurst(SegmentAllocator memory, CuckooTable table, int capacity) {
        this.table = table;
        hashes = new int[capacity];
        lines = memory.allocate((long) capacity * Long.BYTES, 64).address();
        buckets = table.current();
    }

    /// The address of an array of addresses, one for each key located.
    public long lines() {
        return lines;
    }

    /// The first stage: where each key would be.
    public void locate(int[] keys, int count) {
        locate(keys, 0, count);
    }

    /// The first stage for some of the keys; those from 0 on are the first.
    public void locate(int[] keys, int from, int to) {
        if (from == 0) {
            moves = table.moves();
            buckets = table.current();
        }
        long base = buckets.base();
        int mask = buckets.mask();
        long line = lines;
        int[] each = hashes;
        for (int i = from; i < to; i++) {
            int hash = CuckooBuckets.hash(keys[i]);
            each[i] = hash;
            Memory.putLong(line + 8L * i, CuckooBuckets.bucket(base, hash & mask));
        }
    }

    /// The second stage, when the lines had time to arrive: each key's value, or
    /// [CuckooTable#MISSING]. False if a key is missing.
    public boolean match(int[] keys, int count, int[] values) {
        long line = lines;
        int[] each = hashes;
        int negative = 0;
        for (int i = 0; i < count; i++) {
            int hash = each[i];
            int tag = CuckooBuckets.tag(hash);
            int value = CuckooBuckets.match(Memory.getLong(line + 8L * i), keys[i], tag);
            if (value == CuckooTable.MISSING) {
                value = second(keys[i], hash, tag);
            }
            values[i] = value;
            negative |= value;
        }
        return negative >= 0 || !isOneMissing(values, count);
    }

    private static boolean isOneMissing(int[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] == CuckooTable.MISSING) {
                return true;
            }
        }
        return false;
    }

    /// A miss is believed only if nothing moved since the first stage.
    private int second(int key, int hash, int tag) {
        long bucket = buckets.bucket(CuckooBuckets.other(hash, tag));
        int value = CuckooBuckets.match(bucket, key, tag);
        return value != CuckooTable.MISSING || table.isUnmovedSince(moves) ? value : table.get(key);
    }
}
