package org.edgeplex.dataplane.table;

/// Looks keys up in a [CuckooTable] many at a time, in two stages, so that the cache misses of
/// different keys overlap: [#locate], a prefetch of [LookupVector#lines] by the caller, [#match].
///
/// One for each reading thread.
public final class CuckooBurst {
    private final CuckooTable table;
    private CuckooBuckets buckets;
    private long moves;

    public CuckooBurst(CuckooTable table) {
        this.table = table;
        buckets = table.current();
    }

    /// The first stage, for some of the keys: where each would be. Those from 0 on are the first.
    public void locate(LookupVector lookups, int from, int to) {
        if (from == 0) {
            moves = table.moves();
            buckets = table.current();
        }
        long base = buckets.base();
        int mask = buckets.mask();
        long end = lookups.record(to);
        for (long record = lookups.record(from);
                record != end;
                record += LookupVector.RECORD_BYTES) {
            int hash = CuckooBuckets.hash(LookupVector.key(record));
            LookupVector.setState(record, hash);
            LookupVector.setLine(record, CuckooBuckets.bucket(base, hash & mask));
        }
    }

    /// The second stage, when the lines had time to arrive: each key's value, or
    /// [CuckooTable#MISSING]. False if a key is missing.
    public boolean match(LookupVector lookups, int count) {
        int negative = 0;
        long end = lookups.record(count);
        for (long record = lookups.record(0); record != end; record += LookupVector.RECORD_BYTES) {
            int hash = LookupVector.state(record);
            int key = LookupVector.key(record);
            int tag = CuckooBuckets.tag(hash);
            int value = CuckooBuckets.match(LookupVector.line(record), key, tag);
            if (value == CuckooTable.MISSING) {
                value = second(key, hash, tag);
            }
            LookupVector.setValue(record, value);
            negative |= value;
        }
        return negative >= 0 || !isOneMissing(lookups, count);
    }

    private static boolean isOneMissing(LookupVector lookups, int count) {
        for (int i = 0; i < count; i++) {
            if (LookupVector.value(lookups.record(i)) == CuckooTable.MISSING) {
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
