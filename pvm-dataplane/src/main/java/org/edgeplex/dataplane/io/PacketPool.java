package org.edgeplex.dataplane.io;

import org.edgeplex.dataplane.packet.PacketVector;

/// Where packet buffers come from. Used by one thread; never blocks.
public interface PacketPool {
    /// What [#allocate] returns when the pool is exhausted: no packet has this address.
    long NONE = 0;

    /// An empty packet with full headroom (see [Mbuf]), or [#NONE].
    long allocate();

    /// Gives all packets back and clears the vector.
    void free(PacketVector packets);

    /// How many buffers are free now; slow, for tests and reports.
    int available();
}
