package org.edgeplex.dataplane.io.dpdk;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// A pktmbuf pool of DPDK.
public final class DpdkPool implements PacketPool, AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final PacketVector single = new PacketVector(arena, 1);
    private final long pool;
    private final long dequeue;

    private DpdkPool(long pool) {
        this.pool = pool;
        long index = Memory.getInt(pool + Layout.MEMPOOL_OPS_INDEX);
        long operations =
                Dpdk.symbolAddress("rte_mempool_ops_table")
                        + Layout.MEMPOOL_OPS_FIRST
                        + index * Layout.MEMPOOL_OPS_STRIDE;
        dequeue = Memory.getLong(operations + Layout.MEMPOOL_OPS_DEQUEUE);
    }

    /// Allocates the buffers; all ports of the process may share them.
    ///
    /// @param packets best one less than a power of two
    /// @param cachePackets kept for the thread that runs DPDK, 0 for none
    public static DpdkPool create(String name, int packets, int cachePackets) {
        long pool = Dpdk.createPool(name, packets, cachePackets, Mbuf.BUFFER_BYTES);
        if (pool == 0) {
            throw new DpdkException(
                    "no memory for " + packets + " packet buffers: raise the memory of DPDK");
        }
        return new DpdkPool(pool);
    }

    long address() {
        return pool;
    }

    @Override
    public long allocate() {
        long mbuf = allocateRaw();
        if (mbuf != NONE) {
            Mbuf.reset(mbuf);
        }
        return mbuf;
    }

    /// A buffer as its last user left it.
    long allocateRaw() {
        return Dpdk.dequeue(dequeue, pool, single.address(), 1) == 0 ? single.get(0) : NONE;
    }

    void free(long mbuf) {
        single.clear();
        single.add(mbuf);
        free(single);
    }

    @Override
    public void free(PacketVector packets) {
        if (!packets.isEmpty()) {
            Dpdk.freeBulk(packets.address(), packets.size());
            packets.clear();
        }
    }

    @Override
    public int available() {
        return Dpdk.available(pool);
    }

    @Override
    public void close() {
        Dpdk.freePool(pool);
        arena.close();
    }
}
