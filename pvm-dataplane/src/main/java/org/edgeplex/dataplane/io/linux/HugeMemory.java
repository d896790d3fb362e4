package org.edgeplex.dataplane.io.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Zeroed memory for large tables, which the kernel is asked to back with pages of 2 MB, so that a
/// random access does not also miss in the address translation. What is never touched takes no
/// memory. Small requests are left to the arena.
///
/// Not of the reserved huge pages: those are few, and the next port VM's DPDK needs them.
public final class HugeMemory implements SegmentAllocator {
    private static final long HUGE_BYTES = 2L << 20;

    private final Arena arena;

    /// What is allocated lives as long as the arena.
    public HugeMemory(Arena arena) {
        this.arena = arena;
    }

    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        if (bytes < HUGE_BYTES / 2) {
            return arena.allocate(bytes, alignment);
        }
        // One page more, because the kernel merges on 2 MB boundaries.
        long room = (bytes + HUGE_BYTES - 1 & -HUGE_BYTES) + HUGE_BYTES;
        long pages = Libc.mapPages(room);
        if (pages == Libc.MAP_FAILED) {
            throw new OutOfMemoryError("no " + room + " bytes for a table");
        }
        Libc.adviseHugePages(pages, room);
        long offset = -pages & HUGE_BYTES - 1;
        return ofPages(pages, room).asSlice(offset, bytes);
    }

    @SuppressWarnings("restricted")
    private MemorySegment ofPages(long address, long bytes) {
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, pages -> Libc.unmap(pages.address(), bytes));
    }
}
