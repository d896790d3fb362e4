package org.edgeplex.dataplane;

import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.PacketVector;

/// The pool of a forwarder that is made while DPDK, whose pool it will have, still starts.
final class LatePool implements PacketPool {
    /// Without packets.
    private static final PacketPool EMPTY =
            new PacketPool() {
                @Override
                public long allocate() {
                    return NONE;
                }

                @Override
                public void free(PacketVector packets) {
                    if (!packets.isEmpty()) {
                        throw new IllegalStateException("packets of no pool");
                    }
                }

                @Override
                public int available() {
                    return 0;
                }
            };

    private PacketPool pool = EMPTY;

    /// From now on. By the thread that uses it.
    void become(PacketPool created) {
        pool = created;
    }

    @Override
    public long allocate() {
        return pool.allocate();
    }

    @Override
    public void free(PacketVector packets) {
        pool.free(packets);
    }

    @Override
    public int available() {
        return pool.available();
    }
}
