package org.edgeplex.state;

import java.util.List;

/// What every engine decides in the same way. For engines only.
public final class EngineRules {
    private static final int COUNTER_BYTES = 8;

    private EngineRules() {}

    public static void checkKey(TableId table, Bytes key) {
        if (key.length() < 1 || key.length() > StateStore.KEY_BYTES_MAX) {
            throw new StoreException(
                    "a key of table %s has %d octets; it must have 1 to %d: %.64s"
                            .formatted(table, key.length(), StateStore.KEY_BYTES_MAX, key));
        }
    }

    public static void checkKeys(TableId table, List<Bytes> keys) {
        checkBatch(keys.size());
        keys.forEach(key -> checkKey(table, key));
    }

    public static void checkWrites(List<Write> writes) {
        checkBatch(writes.size());
        writes.forEach(EngineRules::checkWrite);
    }

    public static void checkWrite(Write write) {
        checkKey(write.table(), write.key());
        if (write instanceof Write.Put put && put.value().length() > StateStore.VALUE_BYTES_MAX) {
            throw new StoreException(
                    "the value of %s in table %s has %d octets; it may have %d: divide it"
                            .formatted(
                                    put.key(),
                                    put.table(),
                                    put.value().length(),
                                    StateStore.VALUE_BYTES_MAX));
        }
    }

    public static void checkScan(Bytes prefix, Bytes resume, int limit) {
        if (limit < 1) {
            throw new StoreException("the limit of a scan must be positive: " + limit);
        }
        if (Math.max(prefix.length(), resume.length()) > StateStore.KEY_BYTES_MAX) {
            throw new StoreException(
                    "a scan is bounded by keys, at most " + StateStore.KEY_BYTES_MAX + " octets");
        }
    }

    /// Whether a condition holds on an object in this version; 0: there is no such object.
    public static boolean holds(Expect expect, long currentVersion) {
        return switch (expect) {
            case Expect.Any() -> true;
            case Expect.Absent() -> currentVersion == 0;
            case Expect.Version(long version) -> currentVersion != 0 && currentVersion == version;
        };
    }

    /// Whether the writer's life is the current one; 0: its holder has no lease.
    public static boolean lives(Incarnation writer, long currentEpoch) {
        return !writer.isFenced() || currentEpoch != 0 && writer.epoch() == currentEpoch;
    }

    /// The value of a counter ([StateStore#add]).
    public static long counter(TableId table, Bytes key, Bytes value) {
        if (value.length() != COUNTER_BYTES) {
            throw new DamagedRecordException(
                    "table %s, key %s: not a counter: %d octets instead of %d"
                            .formatted(table, key, value.length(), COUNTER_BYTES));
        }
        return new RecordReader(value).i64();
    }

    public static Bytes counter(long value) {
        return new RecordWriter().i64(value).toBytes();
    }

    private static void checkBatch(int size) {
        if (size > StateStore.BATCH_MAX) {
            throw new StoreException(
                    "a batch of " + size + "; at most " + StateStore.BATCH_MAX + ": divide it");
        }
    }
}
