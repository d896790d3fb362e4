package org.edgeplex.dataplane.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One process with a port in each of two namespaces.
@Tag("machine")
class PortPlaceTest {
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /// Both interfaces are `eth0`, and have the same index.
    @Test
    void bothEndsOfAWireBetweenTwoNamespaces() {
        try (TestNamespace one = new TestNamespace("one");
                TestNamespace other = new TestNamespace("other")) {
            one.ip("link", "add", "eth0", "type", "veth", "peer", "eth0", "netns", other.name());
            one.ip("link", "set", "eth0", "up");
            other.ip("link", "set", "eth0", "up");
            Eal.start(Eal.Options.DEFAULT);
            try (DpdkPool pool = DpdkPool.create("places", 255, 0);
                    DpdkPort sending = place(one.name()).open(pool);
                    DpdkPort receiving = place(other.name()).open(pool)) {
                assertNotEquals(PacketIo.NO_DESCRIPTOR, sending.descriptor());
                assertNotEquals(sending.descriptor(), receiving.descriptor());
                assertEquals(60, lengthOfWhatComes(pool, sending, receiving));
            }
        }
    }

    private static PortPlace place(String namespace) {
        return new PortPlace(PortSpec.parse("af_packet:eth0"), namespace);
    }

    private static int lengthOfWhatComes(DpdkPool pool, PacketIo sending, PacketIo receiving) {
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            long packet = pool.allocate();
            Mbuf.write(packet, new byte[60]);
            packets.add(packet);
            assertEquals(1, sending.transmit(packets));
            long startNanos = System.nanoTime();
            while (receiving.receive(packets) == 0 && System.nanoTime() - startNanos < NANOS_MAX) {
                LockSupport.parkNanos(100_000);
            }
            int length = packets.isEmpty() ? 0 : Mbuf.length(packets.get(0));
            pool.free(packets);
            return length;
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsNamed() {
        PortPlace none = place("none-such");
        RuntimeException e = assertThrows(RuntimeException.class, () -> open(none));
        assertEquals("open /run/netns/none-such: No such file or directory", e.getMessage());
    }

    private static void open(PortPlace place) {
        Eal.start(Eal.Options.DEFAULT);
        try (DpdkPool pool = DpdkPool.create("none", 255, 0)) {
            place.open(pool).close();
        }
    }
}
