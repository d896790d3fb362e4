package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on an XDP socket at one end of a veth.
@Tag("machine")
class AfXdpPortTest extends PacketIoContract {
    private static TestNamespace namespace;
    private static Wire wire;

    private record Wire(DpdkPool pool, DpdkPort near, FrameSocket far) {}

    @BeforeAll
    static void open() throws Exception {
        namespace = new TestNamespace("xdp");
        namespace.addVeth("near", "far");
        wire =
                namespace.call(() -> {
                    FrameSocket far = FrameSocket.open("far");
                    DpdkPool pool = DpdkPool.create("xdp", 8191, 0); // its rings hold 4096
                    DpdkPort near = DpdkPort.open(PortSpec.parse("af_xdp:near"), pool);
                    return new Wire(pool, near, far);
                });
    }

    @AfterAll
    static void close() {
        wire.near.close();
        wire.far.close();
        wire.pool.close();
        namespace.close();
    }

    @Override
    protected PacketIo port() {
        return wire.near;
    }

    @Override
    protected PacketPool pool() {
        return wire.pool;
    }

    @Override
    protected void arrive(List<byte[]> frames) {
        wire.far.send(frames);
    }

    @Override
    protected List<byte[]> takeSent() {
        return wire.far.receive();
    }

    /// The kernel tells what has been sent in a ring that the driver reads at its next call.
    @Override
    protected int keptBack() {
        return PacketIo.BURST_MAX;
    }
}
