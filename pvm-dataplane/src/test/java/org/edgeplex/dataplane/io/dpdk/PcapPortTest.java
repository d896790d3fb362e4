package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on an interface that is captured: the driver of files, live.
@Tag("machine")
class PcapPortTest extends PacketIoContract {
    private static TestNamespace namespace;
    private static Wire wire;

    private record Wire(DpdkPool pool, DpdkPort near, FrameSocket far) {}

    @BeforeAll
    static void open() throws Exception {
        namespace = new TestNamespace("pcap");
        namespace.addVeth("near", "far");
        wire =
                namespace.call(() -> {
                    FrameSocket far = FrameSocket.open("far");
                    DpdkPool pool = DpdkPool.create("pcap", 511, 0);
                    PortSpec spec = PortSpec.parse("vdev:net_pcap90,iface=near");
                    return new Wire(pool, DpdkPort.open(spec, pool), far);
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
}
