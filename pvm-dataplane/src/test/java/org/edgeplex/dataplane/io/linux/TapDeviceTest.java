package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.dpdk.FrameSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract between a TAP and the kernel that has the interface.
@Tag("machine")
class TapDeviceTest extends PacketIoContract {
    private static final String MAC = "02:00:00:00:07:01";

    private static final Arena arena = Arena.ofShared();
    private static final MemoryPacketPool pool = new MemoryPacketPool(arena, 256);
    private static TestNamespace namespace;
    private static TapDevice tap;
    private static FrameSocket kernelSide;

    @BeforeAll
    static void open() throws Exception {
        namespace = new TestNamespace("tap");
        tap = TapDevice.open(options("ce0"), pool);
        kernelSide = namespace.call(() -> FrameSocket.open("ce0"));
    }

    @AfterAll
    static void close() {
        kernelSide.close();
        tap.close();
        namespace.close();
        arena.close();
    }

    private static TapDevice.Options options(String name) {
        return new TapDevice.Options(namespace.name(), name, 0x0200_0000_0701L, 1600);
    }

    @Override
    protected PacketIo port() {
        return tap;
    }

    @Override
    protected PacketPool pool() {
        return pool;
    }

    @Override
    protected void arrive(List<byte[]> frames) {
        kernelSide.send(frames);
    }

    @Override
    protected List<byte[]> takeSent() {
        return kernelSide.receive();
    }

    @Test
    void theInterfaceIsUpWithTheGatewaysAddress() {
        String link = namespace.ip("link", "show", "ce0");
        assertTrue(link.contains(MAC), link);
        assertTrue(link.contains("mtu 1600"), link);
        assertTrue(link.contains("LOWER_UP"), link);
    }

    @Test
    void aSuccessorFindsTheInterfaceWithItsAddresses() {
        TapDevice first = TapDevice.open(options("ce1"), pool);
        namespace.ip("addr", "add", "10.9.0.1/24", "dev", "ce1");
        String before = namespace.ip("-o", "addr", "show", "ce1");
        first.close();
        TapDevice second = TapDevice.open(options("ce1"), pool);
        String after = namespace.ip("-o", "addr", "show", "ce1");
        second.close();
        assertTrue(after.contains("10.9.0.1/24"), after);
        assertTrue(before.substring(0, 3).equals(after.substring(0, 3)), "another interface");
    }

    @Test
    void anUnknownNamespaceIsAClearError() {
        TapDevice.Options options = new TapDevice.Options("no-such-namespace", "ce0", 0, 1500);
        RuntimeException e =
                assertThrows(RuntimeException.class, () -> TapDevice.open(options, pool));
        assertTrue(String.valueOf(e.getMessage()).contains("/run/netns/no-such-namespace"));
    }
}
