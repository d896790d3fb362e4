package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.table.TableOutcome;
import org.edgeplex.dataplane.table.WideTable;

/// Small numbers in place of the IPv6 addresses of neighbours, so that [NeighbourTable] serves both
/// families.
final class Ipv6Handles {
    static final int NONE = WideTable.MISSING;

    private static final int LENGTH = Ipv6Prefix.LENGTH_MAX;

    private final WideTable handles;
    private final long[] high;
    private final long[] low;
    private final int[] free;
    private int freeCount;

    Ipv6Handles(SegmentAllocator memory, int capacity) {
        handles = new WideTable(memory, capacity);
        high = new long[capacity];
        low = new long[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[freeCount++] = capacity - 1 - i;
        }
    }

    /// The address's number, or [#NONE].
    int find(long addressHigh, long addressLow) {
        return handles.get(addressHigh, addressLow, LENGTH);
    }

    /// A number for an address that has none, or [#NONE] if there is no more.
    int take(long addressHigh, long addressLow) {
        if (freeCount == 0) {
            return NONE;
        }
        int handle = free[freeCount - 1];
        if (handles.put(addressHigh, addressLow, LENGTH, handle) == TableOutcome.FULL) {
            return NONE;
        }
        freeCount--;
        high[handle] = addressHigh;
        low[handle] = addressLow;
        return handle;
    }

    void giveBack(int handle) {
        handles.remove(high[handle], low[handle], LENGTH);
        free[freeCount++] = handle;
    }

    long high(int handle) {
        return high[handle];
    }

    long low(int handle) {
        return low[handle];
    }
}
