package org.edgeplex.dataplane.io.dpdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.PortStatistics;
import org.edgeplex.dataplane.packet.PacketVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract on a ring: what is sent is what arrives.
@Tag("machine")
class RingPortTest extends PacketIoContract {
    private static OpenPort near;

    @BeforeAll
    static void open() throws Exception {
        near = OpenPort.open("ring");
    }

    @AfterAll
    static void close() {
        near.close();
    }

    /// The driver counts for itself, and tells another thread.
    @Test
    void countsWhatPasses() throws InterruptedException {
        PortStatistics before = statistics();
        arrive(List.of(new byte[60], new byte[100]));
        PacketVector packets = new PacketVector(Arena.ofAuto(), PacketIo.BURST_MAX);
        assertEquals(2, near.port().receive(packets));
        near.pool().free(packets);
        PortStatistics after = statistics();
        assertEquals(2, after.rxPackets() - before.rxPackets());
        assertEquals(2, after.txPackets() - before.txPackets());
        assertEquals(0, after.rxMissed());
    }

    /// What it is, only its driver knows: so it is closed again, and may be opened otherwise.
    @Test
    void aDeviceWithoutAnInterruptIsRefused() {
        PortSpec sleeping = PortSpec.parse("vdev:net_null70,idle=interrupt");
        DpdkException e =
                assertThrows(DpdkException.class, () -> DpdkPort.open(sleeping, near.pool()));
        assertTrue(e.toString().contains("use idle=adaptive or idle=busy"), e.toString());
        try (DpdkPort port = DpdkPort.open(PortSpec.parse("vdev:net_null70"), near.pool())) {
            assertEquals(PacketIo.NO_DESCRIPTOR, port.descriptor());
        }
    }

    private static PortStatistics statistics() throws InterruptedException {
        AtomicReference<Optional<PortStatistics>> found = new AtomicReference<>(Optional.empty());
        Thread.ofPlatform().start(() -> found.set(near.port().statistics())).join();
        return found.get().orElseThrow();
    }

    @Override
    protected PacketIo port() {
        return near.port();
    }

    @Override
    protected PacketPool pool() {
        return near.pool();
    }

    @Override
    protected boolean wakesSleepers() {
        return false;
    }

    @Override
    protected void arrive(List<byte[]> frames) {
        new FrameSocket(near.pool(), near.port()).send(frames);
    }

    @Override
    protected List<byte[]> takeSent() {
        return new FrameSocket(near.pool(), near.port()).receive();
    }
}
