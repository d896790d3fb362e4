package org.edgeplex.dataplane.io;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// Buffers in plain memory with the layout of [Mbuf], for ports that need no DPDK.
///
/// Freeing a packet twice is refused: every test of the forwarding code is a test of its ownership.
public final class MemoryPacketPool implements PacketPool {
    private static final int STRIDE_BYTES = Mbuf.HEADER_BYTES + Mbuf.BUFFER_BYTES;
    private static final int CACHE_LINE_BYTES = 64;

    private final long base;
    private final long[] free;
    private final boolean[] isFree;
    private int freeCount;

    public MemoryPacketPool(Arena arena, int packets) {
        base = arena.allocate((long) packets * STRIDE_BYTES, CACHE_LINE_BYTES).address();
        free = new long[packets];
        isFree = new boolean[packets];
        for (int index = 0; index < packets; index++) {
            long mbuf = base + (long) index * STRIDE_BYTES;
            Memory.putLong(mbuf + Mbuf.BUFFER_ADDRESS, mbuf + Mbuf.HEADER_BYTES);
            Memory.putShort(mbuf + Mbuf.BUFFER_LENGTH, Mbuf.BUFFER_BYTES);
            release(mbuf);
        }
    }

    @Override
    public long allocate() {
        if (freeCount == 0) {
            return NONE;
        }
        long mbuf = free[--freeCount];
        isFree[index(mbuf)] = false;
        Mbuf.reset(mbuf);
        return mbuf;
    }

    @Override
    public void free(PacketVector packets) {
        for (int i = 0; i < packets.size(); i++) {
            release(packets.get(i));
        }
        packets.clear();
    }

    @Override
    public int available() {
        return freeCount;
    }

    private void release(long mbuf) {
        int index = index(mbuf);
        if (isFree[index]) {
            throw new IllegalStateException("packet " + index + " freed twice");
        }
        isFree[index] = true;
        free[freeCount++] = mbuf;
    }

    private int index(long mbuf) {
        return Math.toIntExact((mbuf - base) / STRIDE_BYTES);
    }
}
