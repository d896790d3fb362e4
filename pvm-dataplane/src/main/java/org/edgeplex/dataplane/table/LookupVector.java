package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Keys of 32 bits that are looked up together, with what is found and what the caller wants to
/// know of each then: records of one cache line, outside the heap.
///
/// ```
/// 0     4       8      16      20  24
/// | key | value | line | state | - | the caller's, 40 bytes |
/// ```
///
/// One address leads to all of a record. An array for each of its parts would need as many, each
/// with a check of its bounds, and a loop over a burst has not that many registers. For the same
/// reason loops go from record to record, until the address is that of the end: with an index the
/// JIT compiler computes each address from it anew.
public final class LookupVector {
    public static final int RECORD_BYTES = 64;

    /// Of large tables, lines for so many keys are best asked for at once: early enough for the
    /// last ones, and few enough calls.
    public static final int ASKED_AT_ONCE = 16;

    /// Where in a record the caller's part begins.
    public static final int CALLER = 24;

    private static final int RECORD_SHIFT = 6;
    private static final int VALUE = 4;
    private static final int LINE = 8;
    private static final int STATE = 16;

    private final long base;

    public LookupVector(SegmentAllocator memory, int capacity) {
        base = memory.allocate((long) capacity << RECORD_SHIFT, RECORD_BYTES).address();
    }

    /// The address of a record, or of the end of those before it.
    public long record(int index) {
        return base + ((long) index << RECORD_SHIFT);
    }

    /// How many records are from one up to another.
    public static int count(long first, long end) {
        return (int) (end - first >> RECORD_SHIFT);
    }

    /// Where a record has the address of the line that its lookup needs next; those of the records
    /// after it are [#RECORD_BYTES] apart.
    public long lines(int from) {
        return record(from) + LINE;
    }

    public static int key(long record) {
        return Memory.getInt(record);
    }

    public static void setKey(long record, int key) {
        Memory.putInt(record, key);
    }

    public static int value(long record) {
        return Memory.getInt(record + VALUE);
    }

    public static void setValue(long record, int value) {
        Memory.putInt(record + VALUE, value);
    }

    static long line(long record) {
        return Memory.getLong(record + LINE);
    }

    static void setLine(long record, long address) {
        Memory.putLong(record + LINE, address);
    }

    /// What a lookup's earlier stage leaves for a later one.
    static int state(long record) {
        return Memory.getInt(record + STATE);
    }

    static void setState(long record, int state) {
        Memory.putInt(record + STATE, state);
    }
}
