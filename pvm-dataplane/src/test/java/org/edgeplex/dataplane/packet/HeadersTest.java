package org.edgeplex.dataplane.packet;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    private static final String TO = "02:00:00:00:00:01";
    private static final String FROM = "02:00:00:00:00:02";

    private final Arena arena = Arena.ofConfined();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 2);
    private final long mbuf = pool.allocate();

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest(name = "label {0}")
    @CsvSource({
        "0, 0, 256, 64, 00000140",
        "16, 7, 0, 255, 00010eff",
        "1048575, 0, 256, 1, fffff101"
    })
    void mplsEntry(int label, int trafficClass, int bottom, int ttl, String hex) {
        int entry = Mpls.entry(label, trafficClass, bottom, ttl);
        assertEquals((int) Long.parseLong(hex, 16), entry);
        assertEquals(label, Mpls.label(entry));
        assertEquals(bottom != 0, Mpls.isBottomOfStack(entry));
        assertEquals(ttl, Mpls.ttl(entry));
    }

    @Test
    void everyLowerTtlKeepsTheChecksumCorrect() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20_000; round++) {
            int ttl = random.nextInt(256);
            byte[] header =
                    packet().ttl(ttl)
                            .identification(random.nextInt(65536))
                            .protocol(random.nextInt(256))
                            .ipv4("10.0.0." + random.nextInt(256), "10.1.0." + random.nextInt(256))
                            .payload(8)
                            .build();
            Mbuf.write(mbuf, header);
            long at = Mbuf.data(mbuf);
            assertTrue(Ipv4.isChecksumCorrect(at, 20));
            int lower = random.nextInt(ttl + 1);
            Ipv4.lowerTtl(at, lower);
            assertEquals(lower, Ipv4.ttl(at));
            assertEquals(Memory.getByte(at + 9), header[9] & 0xff);
            assertTrue(Ipv4.isChecksumCorrect(at, 20));
            assertNotEquals(0xffff, Memory.getShort(at + 10));
        }
    }

    @Test
    void aWrongBitIsSeen() {
        byte[] header = packet().ipv4("10.0.0.1", "10.1.0.1").payload(8).build();
        for (int bit = 0; bit < 160; bit++) {
            byte[] wrong = header.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            Mbuf.write(mbuf, wrong);
            assertFalse(Ipv4.isChecksumCorrect(Mbuf.data(mbuf), 20), "bit " + bit);
        }
    }

    @Test
    void aChecksumOverAnOddCountOfBytes() {
        Mbuf.write(mbuf, new byte[] {1, 2, 3, 4, 5});
        // 0x0102 + 0x0304 + 0x0500, complemented; the machine's order on x86-64 is the reverse.
        int expected = Short.toUnsignedInt(Short.reverseBytes((short) ~0x0906));
        assertEquals(expected, InternetChecksum.compute(Mbuf.data(mbuf), 5));
    }

    @Test
    void tagAndUntagMoveTheAddressesOnly() {
        byte[] plain = packet().ethernet(TO, FROM).ipv4("10.0.0.1", "10.1.0.1").payload(9).build();
        byte[] tagged =
                packet().ethernet(TO, FROM)
                        .vlan(101)
                        .ipv4("10.0.0.1", "10.1.0.1")
                        .payload(9)
                        .build();
        Mbuf.write(mbuf, plain);
        Ethernet.tag(mbuf, 101);
        assertArrayEquals(tagged, Mbuf.read(mbuf));
        assertEquals(101, Ethernet.vlanId(Mbuf.data(mbuf)));
        Ethernet.untag(mbuf);
        assertArrayEquals(plain, Mbuf.read(mbuf));
    }

    @Test
    void addressesKeepAll48Bits() {
        Mbuf.write(mbuf, new byte[14]);
        long mac = 0xfedc_ba98_7654L;
        Ethernet.putAddress(Mbuf.data(mbuf), mac);
        assertEquals(mac, Ethernet.address(Mbuf.data(mbuf)));
        assertEquals(0, Ethernet.source(Mbuf.data(mbuf)));
    }
}
