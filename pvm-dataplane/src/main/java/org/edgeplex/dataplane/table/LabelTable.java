package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.net.MplsLabel;

/// What to do with each of the 2^20 labels: a flat array of 4 MB, of which only the touched pages
/// exist. One thread writes, any number read.
///
/// A label is a small dense number, so there is nothing to hash: one access of a quarter of the
/// memory that a hash table of as many labels takes.
public final class LabelTable {
    /// What [#get] returns for a label that is not bound; so it is not a value.
    public static final int MISSING = -1;

    private final long base;

    public LabelTable(SegmentAllocator memory) {
        long bytes = (MplsLabel.MAX + 1L) * Integer.BYTES;
        base = memory.allocate(bytes, 64).address();
    }

    /// The label's value, or [#MISSING].
    public int get(int label) {
        return ~Memory.getIntConsume(base + ((long) label << 2));
    }

    /// The address of a label's value, for a prefetch.
    public long line(int label) {
        return base + ((long) label << 2);
    }

    public void put(int label, int value) {
        if (value == MISSING) {
            throw new IllegalArgumentException("value " + MISSING + " means missing");
        }
        Memory.putIntRelease(base + ((long) label << 2), ~value);
    }

    /// True if the label was bound.
    public boolean remove(int label) {
        boolean wasThere = get(label) != MISSING;
        Memory.putIntRelease(base + ((long) label << 2), 0);
        return wasThere;
    }
}
