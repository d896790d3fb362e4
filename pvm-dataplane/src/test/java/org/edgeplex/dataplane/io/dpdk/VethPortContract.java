package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// The contract on `near`, one end of a veth, with frames through the other one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VethPortContract extends PacketIoContract {
    private final String name;
    private final String port;
    private final int packets;
    private TestNamespace namespace;
    private Wire wire;

    private record Wire(DpdkPool pool, DpdkPort near, FrameSocket far) {}

    /// @param name of the namespace and the pool, which has so many packets
    VethPortContract(String name, String port, int packets) {
        this.name = name;
        this.port = port;
        this.packets = packets;
    }

    @BeforeAll
    void open() throws Exception {
        namespace = new TestNamespace(name);
        namespace.addVeth("near", "far");
        wire =
                namespace.call(() -> {
                    FrameSocket far = FrameSocket.open("far");
                    DpdkPool pool = DpdkPool.create(name, packets, 0);
                    return new Wire(pool, DpdkPort.open(PortSpec.parse(port), pool), far);
                });
    }

    @AfterAll
    void close() {
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
