package org.edgeplex.dataplane.traffic;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWriterTest {
    private final TrafficRig rig = new TrafficRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private byte[] first(FlowPlan plan) {
        return rig.send(rig.generator(plan, 1), 1, 0x123456789abL).getFirst();
    }

    @Test
    void writesAnIpv4Frame() {
        byte[] expected =
                packet().ethernet("02:00:00:00:00:02", "02:00:00:00:00:01")
                        .dscp(46)
                        .identification(0)
                        .ipv4("198.18.0.1", "198.19.0.1")
                        .hex("c0000009" + "001a0000")
                        .hex("4550004d" + "0000000000000000" + "0123456789ab")
                        .build();
        assertArrayEquals(expected, first(TrafficRig.plan(1)));
    }

    @Test
    void writesATagAndLabels() {
        FlowPlan plan = TrafficRig.plan(1, 101, List.of(16, 1000), "198.18.0.1", "198.19.0.1", 80);
        String hex = HexFormat.of().formatHex(first(plan));
        assertEquals("020000000002" + "020000000001" + "81000065" + "8847", hex.substring(0, 36));
        assertEquals("00010a40" + "003e8b40" + "45b8", hex.substring(36, 56));
        assertEquals(80, hex.length() / 2);
    }

    @ParameterizedTest(name = "VLAN {0}, labels {1}, from {2}")
    @CsvSource({
        "0, false, 2001:db8::1/64, 2001:db8:1::/120, 90",
        "7, true, 2001:db8::ffff:fff0/64, 2001:db8:1::9, 200"
    })
    void udpOverIpv6HasAChecksum(
            int vlan, boolean isLabelled, String sources, String destinations, int bytes) {
        List<Integer> labels = isLabelled ? List.of(20) : List.of();
        FlowPlan plan = TrafficRig.plan(40, vlan, labels, sources, destinations, bytes);
        Generator generator = rig.generator(plan, Long.MAX_VALUE);
        for (byte[] frame : rig.send(generator, 120, 123_456_789_012L)) {
            assertEquals(0xffff, sum(frame, plan.ipAt() + 8) + 17 + frame.length - plan.udpAt());
        }
    }

    /// Ones' complement sum over addresses, UDP header and data, less what the pseudo header adds.
    private static int sum(byte[] frame, int from) {
        int udpBytes = frame.length - from - 32;
        long sum = 17L + udpBytes;
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        for (int at = from; at < frame.length; at += 2) {
            sum += buffer.getShort(at) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum - 17 - udpBytes;
    }

    @Test
    void noTwoFlowsHaveTheSameAddressesAndPorts() {
        FlowPlan plan = TrafficRig.plan(5000, 0, List.of(), "198.18.0.250/24", "198.19.0.1/30", 60);
        Set<String> seen = new HashSet<>();
        for (byte[] frame : rig.send(rig.generator(plan, Long.MAX_VALUE), 5000, 0)) {
            String hex = HexFormat.of().formatHex(frame, plan.ipAt() + 12, plan.stampAt());
            assertTrue(seen.add(hex), hex);
            assertEquals(0, checksum(frame, plan.ipAt()));
        }
        assertEquals(6, plan.sources().count());
        assertEquals(3, plan.destinations().count());
    }

    private static int checksum(byte[] frame, int ip) {
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += ByteBuffer.wrap(frame).getShort(at) & 0xffff;
        }
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }

    @ParameterizedTest(name = "{0} flows of {2} to {3} in {4} bytes")
    @CsvSource({
        "0, 0, 198.18.0.1, 198.19.0.1, 60",
        "1048577, 0, 198.18.0.0/16, 198.19.0.0/16, 60",
        "16385, 0, 198.18.0.1, 198.19.0.1, 60",
        "1, 4095, 198.18.0.1, 198.19.0.1, 64",
        "1, 0, 198.18.0.1, 2001:db8::1, 80",
        "1, 0, 198.18.0.1, 198.19.0.1, 59",
        "1, 1, 198.18.0.1, 198.19.0.1, 60",
        "1, 0, 198.18.0.1/33, 198.19.0.1, 60",
        "1, 0, host.example, 198.19.0.1, 60"
    })
    void refusesWhatCannotBe(int flows, int vlan, String sources, String destinations, int bytes) {
        assertThrows(
                IllegalArgumentException.class,
                () -> TrafficRig.plan(flows, vlan, List.of(), sources, destinations, bytes));
    }
}
