package org.edgeplex.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// Packets and bytes by keys that change. One thread counts and sets keys.
///
/// What was counted recently is one word for each row, so that a packet costs one addition:
///
/// ```
/// | packets, 24 bits | bytes, 40 bits |
/// ```
///
/// A word that has become negative must be moved to the row's totals ([#settle]) before 8 million
/// further packets; until then neither part can run over.
public final class TrafficRows {
    /// A word of a key that says nothing.
    public static final int NONE = -1;

    static final int PACKETS_SHIFT = 40;
    static final long BYTES_MASK = (1L << PACKETS_SHIFT) - 1;

    static final int ROW_BYTES = 2 * Long.BYTES;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle LONG = JAVA_LONG.varHandle();

    private final MemorySegment keys;
    private final MemorySegment recent;
    private final MemorySegment totals;
    private final int rowCount;

    TrafficRows(MemorySegment keys, MemorySegment recent, MemorySegment totals, int rowCount) {
        this.keys = keys;
        this.recent = recent;
        this.totals = totals;
        this.rowCount = rowCount;
    }

    public int rowCount() {
        return rowCount;
    }

    /// The address of the first row's word; the others follow.
    public long recent() {
        return recent.address();
    }

    /// The packets in a word, or in a sum of what is to be added to one.
    public static long packets(long word) {
        return word >>> PACKETS_SHIFT;
    }

    public static long bytes(long word) {
        return word & BYTES_MASK;
    }

    /// What to add for packets with so many bytes together.
    public static long packets(int count, long bytes) {
        return ((long) count << PACKETS_SHIFT) + bytes;
    }

    /// Whose row it is from now on; if that is new, it begins at 0.
    public void set(int row, int first, int second, int third) {
        if (first < NONE || second < NONE || third < NONE) {
            throw new IllegalArgumentException("negative word of a key");
        }
        long at = (long) row * CountersLayout.KEY_BYTES;
        if (keys.get(JAVA_INT, at + 4) == first + 1
                && keys.get(JAVA_INT, at + 8) == second + 1
                && keys.get(JAVA_INT, at + 12) == third + 1) {
            return;
        }
        int sequence = begin(at);
        INT.setOpaque(keys, at + 4, first + 1);
        INT.setOpaque(keys, at + 8, second + 1);
        INT.setOpaque(keys, at + 12, third + 1);
        put(row, 0, 0);
        end(at, sequence);
    }

    /// Nobody's row.
    public void clear(int row) {
        set(row, NONE, NONE, NONE);
    }

    /// Moves what is in the row's word to its totals.
    public void settle(int row) {
        long at = (long) row * CountersLayout.KEY_BYTES;
        int sequence = begin(at);
        put(row, packets(row), bytes(row));
        end(at, sequence);
    }

    /// A reader that sees any of what follows sees the odd number too.
    private int begin(long at) {
        int sequence = keys.get(JAVA_INT, at) + 1;
        INT.setOpaque(keys, at, sequence);
        VarHandle.storeStoreFence();
        return sequence;
    }

    private void end(long at, int sequence) {
        INT.setRelease(keys, at, sequence + 1);
    }

    private void put(int row, long packets, long bytes) {
        long at = (long) row * ROW_BYTES;
        LONG.setOpaque(totals, at, packets);
        LONG.setOpaque(totals, at + Long.BYTES, bytes);
        LONG.setOpaque(recent, (long) row * Long.BYTES, 0L);
    }

    /// All that the row has counted.
    public long packets(int row) {
        return totals.get(JAVA_LONG, (long) row * ROW_BYTES) + packets(word(row));
    }

    public long bytes(int row) {
        return totals.get(JAVA_LONG, (long) row * ROW_BYTES + Long.BYTES) + bytes(word(row));
    }

    private long word(int row) {
        return recent.getAtIndex(JAVA_LONG, row);
    }
}
