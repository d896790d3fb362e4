package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Which of the latest numbers of each flow have been seen: a bit for each, in a ring.
final class NumberWindow {
    private static final int BITS_MIN = Long.SIZE;
    private static final int BITS_MAX = 1 << 16;

    /// 16 MB, once and for all flows.
    private static final long BITS_OF_ALL = 1L << 27;

    private final int bits;
    private final long words;

    NumberWindow(SegmentAllocator memory, int flows) {
        bits = bits(flows);
        long bytes = (long) flows * bits / Byte.SIZE;
        words = memory.allocate(bytes, Long.BYTES).fill((byte) 0).address();
    }

    /// How far behind the highest number a packet can still be told from its double.
    static int bits(int flows) {
        long each = Long.highestOneBit(BITS_OF_ALL / flows);
        return Math.clamp(each, BITS_MIN, BITS_MAX);
    }

    /// False if the number is too old to be known.
    boolean knows(long number, long next) {
        return number >= next - bits;
    }

    /// Notes a number below `next`; true if it had been seen.
    boolean see(int flow, long number) {
        long word = word(flow, number);
        long bit = 1L << number;
        long seen = Memory.getLong(word);
        Memory.putLong(word, seen | bit);
        return (seen & bit) != 0;
    }

    /// Notes a number not below `next`, and that those between were not seen.
    void advance(int flow, long number, long next) {
        long from = Math.max(next, number - bits + 1);
        for (long skipped = from; skipped < number; skipped++) {
            long word = word(flow, skipped);
            boolean isWholeWord = skipped % Long.SIZE == 0 && skipped + Long.SIZE <= number;
            if (isWholeWord) {
                Memory.putLong(word, 0);
                skipped += Long.SIZE - 1;
            } else {
                Memory.putLong(word, Memory.getLong(word) & ~(1L << skipped));
            }
        }
        boolean ignored = see(flow, number);
    }

    private long word(int flow, long number) {
        long bit = (long) flow * bits + (number & bits - 1);
        return words + (bit / Long.SIZE) * Long.BYTES;
    }
}
