package org.edgeplex.dataplane.io.dpdk;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Zeroed memory of DPDK, in huge pages where it has them. What is allocated stays until the
/// process ends.
public final class DpdkMemory implements SegmentAllocator {
    private static final int CACHE_LINE_BYTES = 64;

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment allocate(long bytes, long alignment) {
        long address = Dpdk.zeroed(bytes, (int) Math.max(alignment, CACHE_LINE_BYTES));
        if (address == 0) {
            throw new DpdkException("no " + bytes + " bytes: raise the memory of DPDK");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
