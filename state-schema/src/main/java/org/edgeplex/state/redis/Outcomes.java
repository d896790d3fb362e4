package org.edgeplex.state.redis;

import org.edgeplex.state.Bytes;

/// The answer of `write.lua`: `R`, then nine octets for each write.
record Outcomes(Bytes bytes) {
    static final char WRITTEN = 'W';
    static final char CONFLICT = 'C';
    static final char FENCED = 'F';
    static final char DAMAGED_LEASE = 'D';
    static final char NO_COUNTER = 'B';

    private static final int ITEM_BYTES = 9;

    /// Whether these are the outcomes of a batch of this size.
    static boolean areIn(Bytes answer, int count) {
        return answer.length() == 1 + count * ITEM_BYTES && answer.at(0) == 'R';
    }

    char kind(int index) {
        return (char) (bytes.at(1 + index * ITEM_BYTES) & 0xff);
    }

    long number(int index) {
        long number = 0;
        int from = 2 + index * ITEM_BYTES;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = number << 8 | bytes.at(i) & 0xff;
        }
        return number;
    }
}
