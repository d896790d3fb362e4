package org.edgeplex.dataplane.io.dpdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.edgeplex.dataplane.packet.PacketVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract over real frames: two DPDK ports, one at each end of a veth.
@Tag("machine")
class DpdkPortTest extends PacketIoContract {
    private static final int RING_FRAMES = 512;

    private static TestNamespace namespace;
    private static Wire wire;

    private record Wire(DpdkPool pool, DpdkPort near, FrameSocket far) {
        static Wire open() {
            FrameSocket far = FrameSocket.open("far");
            DpdkPool pool = DpdkPool.create("near", 511, 0);
            return new Wire(
                    pool,
                    DpdkPort.open(PortSpec.parse("af_packet:near,idle=interrupt"), pool),
                    far);
        }
    }

    @BeforeAll
    static void open() throws Exception {
        namespace = new TestNamespace("port");
        namespace.addVeth("near", "far");
        wire = namespace.call(Wire::open);
    }

    @AfterAll
    static void close() {
        wire.near.close();
        wire.far.close();
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

    @Test
    void whatFoundNoRoomInTheRingIsCounted() {
        long before = wire.near.statistics().orElseThrow().rxMissed();
        for (int i = 0; i < (RING_FRAMES + 88) / 100; i++) {
            arrive(Collections.nCopies(100, new byte[60]));
        }
        assertEquals(88, wire.near.statistics().orElseThrow().rxMissed() - before);
        assertEquals(88, wire.near.statistics().orElseThrow().rxMissed() - before);
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            int received = 0;
            while (wire.near.receive(packets) > 0) {
                received += packets.size();
                wire.pool.free(packets);
            }
            assertEquals(RING_FRAMES, received);
        }
    }
}
