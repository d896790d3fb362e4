package org.edgeplex.dataplane.io.dpdk;

import org.edgeplex.dataplane.io.PacketIo;
import org.junit.jupiter.api.Tag;

/// The contract on an XDP socket.
@Tag("machine")
class AfXdpPortTest extends VethPortContract {
    /// Its rings hold 4096.
    private static final int PACKETS = 8191;

    AfXdpPortTest() {
        super("xdp", "af_xdp:near,idle=interrupt", PACKETS);
    }

    /// The kernel tells what has been sent in a ring that the driver reads at its next call.
    @Override
    protected int keptBack() {
        return PacketIo.BURST_MAX;
    }
}
