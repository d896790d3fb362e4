package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// What a sink knows of each flow, outside of the heap: two cache lines each.
final class FlowRecords {
    static final int NEXT = 0;
    static final int RECEIVED = 8;
    static final int DUPLICATED = 16;
    static final int REORDERED = 24;
    static final int LAST_ARRIVAL = 32;
    static final int LAST_AGE = 40;
    static final int GAP_MAX = 48;
    static final int AGE_SUM = 64;
    static final int AGE_MAX = 72;
    static final int VARIATION_SUM = 80;
    static final int TOO_OLD = 88;

    private static final int BYTES = 128;

    private final long records;

    FlowRecords(SegmentAllocator memory, int flows) {
        records = memory.allocate((long) flows * BYTES, BYTES / 2).fill((byte) 0).address();
    }

    long record(int flow) {
        return records + (long) flow * BYTES;
    }

    static long get(long record, int field) {
        return Memory.getLong(record + field);
    }

    static void put(long record, int field, long value) {
        Memory.putLong(record + field, value);
    }

    static void add(long record, int field, long value) {
        Memory.putLong(record + field, Memory.getLong(record + field) + value);
    }

    static void max(long record, int field, long value) {
        if (value > Memory.getLong(record + field)) {
            Memory.putLong(record + field, value);
        }
    }
}
