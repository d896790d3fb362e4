package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on a TAP that DPDK makes; the kernel's side is the other end.
@Tag("machine")
class TapPortTest extends PacketIoContract {
    private static TestNamespace namespace;
    private static Wire wire;

    private record Wire(DpdkPool pool, DpdkPort near, FrameSocket far) {}

    @BeforeAll
    static void open() throws Exception {
        namespace = new TestNamespace("tap");
        wire =
                namespace.call(() -> {
                    Eal.start(Eal.Options.DEFAULT);
                    DpdkPool pool = DpdkPool.create("tap", 511, 0);
                    DpdkPort near = DpdkPort.open(PortSpec.parse("tap:near,idle=interrupt"), pool);
                    namespace.ip("link", "set", "near", "mtu", "2000", "up");
                    return new Wire(pool, near, FrameSocket.open("near"));
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
