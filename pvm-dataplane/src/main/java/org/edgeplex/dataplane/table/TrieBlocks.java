package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import org.edgeplex.dataplane.packet.Memory;

/// The memory of a [RouteTrie] below its root: blocks of one to five cache lines.
///
/// Free blocks are chained through their first word, one chain per size. A block that readers may
/// still see waits, with its content, until they cannot ([Grace]).
final class TrieBlocks {
    /// What [#allocate] says when there is no room.
    static final int NONE = -1;

    static final int LINE_SHIFT = 6;
    private static final int LINES_MAX = 5;

    /// A narrow block's values: what fits in its line.
    static final int NARROW_RUNS_MAX = ((1 << LINE_SHIFT) - Long.BYTES) / Short.BYTES;

    private static final int LENGTHS_SHIFT = 5;

    private final long base;

    /// The lengths of the routes in narrow blocks: a byte for each run, 32 for each line.
    private final long lengths;

    private final int capacity;
    private final Grace grace;
    private final int[] free = new int[LINES_MAX + 1];
    private int untouched;
    private int used;

    /// A ring of what waits: first line, size, number of the grace period.
    private long[] waiting = new long[64];

    private int waitingHead;
    private int waitingCount;

    TrieBlocks(SegmentAllocator memory, int lines, Grace grace) {
        base = memory.allocate((long) lines << LINE_SHIFT, 1L << LINE_SHIFT).address();
        lengths = memory.allocate((long) lines << LENGTHS_SHIFT, 1L << LENGTHS_SHIFT).address();
        capacity = lines;
        this.grace = grace;
        Arrays.fill(free, NONE);
    }

    long base() {
        return base;
    }

    /// Lines that hold blocks in use, or waiting for readers.
    int used() {
        return used;
    }

    /// How many lines a wide block takes.
    static int lines(int leaves) {
        return (Long.BYTES + leaves * Integer.BYTES + (1 << LINE_SHIFT) - 1) >>> LINE_SHIFT;
    }

    /// The first line of a block, or [#NONE]. A larger free block is cut where none fits.
    int allocate(int lines) {
        reclaim();
        for (int size = lines; size <= LINES_MAX; size++) {
            int block = free[size];
            if (block != NONE) {
                free[size] = Memory.getInt(address(block));
                if (size > lines) {
                    chain(block + lines, size - lines);
                }
                used += lines;
                return block;
            }
        }
        if (capacity - untouched < lines) {
            return NONE;
        }
        int block = untouched;
        untouched += lines;
        used += lines;
        return block;
    }

    /// Gives back a block that no reader has ever seen.
    void free(int block, int lines) {
        used -= lines;
        chain(block, lines);
    }

    private void chain(int block, int lines) {
        Memory.putInt(address(block), free[lines]);
        free[lines] = block;
    }

    /// Gives back a block that readers may be in: it is unlinked already.
    void retire(int block, int lines) {
        if (waitingCount * 2 == waiting.length) {
            growRing();
        }
        int at = (waitingHead + waitingCount) * 2 & (waiting.length - 1);
        waiting[at] = (long) lines << 32 | block;
        waiting[at + 1] = grace.unlinked();
        waitingCount++;
        reclaim();
    }

    private void growRing() {
        long[] larger = new long[waiting.length * 2];
        for (int i = 0; i < waiting.length; i++) {
            larger[i] = waiting[(waitingHead * 2 + i) & (waiting.length - 1)];
        }
        waiting = larger;
        waitingHead = 0;
    }

    private void reclaim() {
        while (waitingCount > 0 && grace.isOver(waiting[waitingHead * 2 + 1])) {
            long each = waiting[waitingHead * 2];
            free((int) each, (int) (each >>> 32));
            waitingHead = (waitingHead + 1) & (waiting.length / 2 - 1);
            waitingCount--;
        }
    }

    /// The leaf of a narrow block's run, from 0 on, as it would be in a wide one.
    int narrowLeaf(int block, int run) {
        int value = Memory.getShort(narrowValue(block, run));
        int length = Memory.getByte(length(block, run)) - 1;
        return length < 0 ? RouteTrie.NO_ROUTE : RouteTrie.leaf(length, value);
    }

    void putNarrowLeaf(int block, int run, int leaf) {
        Memory.putByte(length(block, run), RouteTrie.lengthOf(leaf) + 1);
        Memory.putShortRelease(narrowValue(block, run), RouteTrie.shortValue(leaf));
    }

    private long narrowValue(int block, int run) {
        return address(block) + Long.BYTES + (long) run * Short.BYTES;
    }

    private long length(int block, int run) {
        return lengths + ((long) block << LENGTHS_SHIFT) + run;
    }

    long address(int block) {
        return base + ((long) block << LINE_SHIFT);
    }
}
