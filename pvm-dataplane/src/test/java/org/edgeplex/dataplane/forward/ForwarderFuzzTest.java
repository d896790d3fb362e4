package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes: nothing is thrown, no packet is lost from the books, nothing grows.
class ForwarderFuzzTest {
    /// An error, or fragments: a packet never becomes more than this.
    private static final int OUT_PER_IN_MAX = Fragmenter.FRAGMENTS_MAX;

    @FuzzTest
    void anyFrames(FuzzedDataProvider data) {
        try (ForwarderRig rig = new ForwarderRig()) {
            while (data.remainingBytes() > 0) {
                boolean isFromPort = data.consumeBoolean();
                byte[] frame = data.consumeBytes(2000);
                offer(rig, isFromPort, frame);
                rig.pass(data.consumeLong(0, 10_000_000_000L));
            }
            settle(rig);
        }
    }

    /// The same without a fuzzing engine: good packets with a few bytes changed and the end cut.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedFrames(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = goodFrames();
        try (ForwarderRig rig = new ForwarderRig()) {
            for (int i = 0; i < 5_000; i++) {
                byte[] frame = good.get(random.nextInt(good.size())).clone();
                for (int damage = random.nextInt(4); damage > 0; damage--) {
                    frame[random.nextInt(Math.min(frame.length, 70))] = (byte) random.nextInt();
                }
                if (random.nextInt(8) == 0) {
                    frame = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
                }
                offer(rig, random.nextInt(4) > 0, frame);
                rig.nowNanos += random.nextInt(50_000_000);
            }
            assertTrue(rig.count(Counter.TO_CORE_PACKETS) > 0);
            assertTrue(rig.count(Counter.TO_CUSTOMER_PACKETS) > 0);
            settle(rig);
        }
    }

    /// The short way of ordinary packets and the long way of all come to the same, bit for bit.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theShortWayIsTheLongWay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = goodFrames();
        try (ForwarderRig one = new ForwarderRig();
                ForwarderRig two = new ForwarderRig()) {
            two.forwarder.takeTheLongWay();
            for (int i = 0; i < 20_000; i++) {
                byte[] frame = good.get(random.nextInt(good.size())).clone();
                int ipv4 = 18;
                for (int change = random.nextInt(4); change > 0; change--) {
                    frame[random.nextInt(Math.min(frame.length, 40))] = (byte) random.nextInt();
                }
                if (frame[ipv4] == 0x45 && random.nextInt(8) > 0) {
                    putChecksum(frame, ipv4);
                }
                one.fromPort(frame);
                two.fromPort(frame);
                assertEquals(hex(two.sentToPort()), hex(one.sentToPort()), "frame " + i);
                assertEquals(hex(two.sentToTap()), hex(one.sentToTap()), "frame " + i);
                long nanos = random.nextInt(50_000_000);
                one.pass(nanos);
                two.pass(nanos);
            }
            assertEquals(two.counters.snapshot(), one.counters.snapshot());
        }
    }

    private static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static void putChecksum(byte[] frame, int header) {
        frame[header + 10] = 0;
        frame[header + 11] = 0;
        int sum = 0;
        for (int i = header; i < header + 20; i += 2) {
            sum += (frame[i] & 0xff) << 8 | frame[i + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = ~((sum & 0xffff) + (sum >>> 16));
        frame[header + 10] = (byte) (sum >>> 8);
        frame[header + 11] = (byte) sum;
    }

    private static void offer(ForwarderRig rig, boolean isFromPort, byte[] frame) {
        if (isFromPort) {
            rig.fromPort(frame);
        } else {
            rig.fromTap(frame);
        }
        List<byte[]> sent = rig.sentToPort();
        assertTrue(sent.size() <= OUT_PER_IN_MAX);
        for (byte[] each : sent) {
            int type = (each[12] & 0xff) << 8 | each[13] & 0xff;
            assertTrue(type == 0x8100 || type == 0x8847, "untagged on the wire");
        }
        rig.sentToTap();
    }

    /// When the neighbours have been given up, every buffer is back.
    private static void settle(ForwarderRig rig) {
        for (int i = 0; i < 300 && rig.pool.available() < BUFFERS; i++) {
            rig.pass(10_000_000_000L);
            rig.sentToPort();
            rig.sentToTap();
        }
        assertEquals(BUFFERS, rig.pool.available());
    }

    private static List<byte[]> goodFrames() {
        return List.of(
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .vlan(VLAN)
                        .ipv4(CE, REMOTE)
                        .udp(1, 2, 30)
                        .build(),
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .vlan(VLAN)
                        .ipv4(CE, REMOTE)
                        .udp(1, 2, 1800)
                        .build(),
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .vlan(VLAN)
                        .options("8304000001010101")
                        .ipv4(CE, REMOTE)
                        .udp(1, 2, 1600)
                        .build(),
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .vlan(VLAN)
                        .ipv4(CE, HOST)
                        .udp(1, 2, 30)
                        .build(),
                packet().ethernet(CORE_MAC, P_MAC)
                        .mpls(VPN_LABEL, 0, 9)
                        .ipv4(REMOTE, CE)
                        .udp(1, 2, 30)
                        .build(),
                packet().ethernet(CORE_MAC, P_MAC)
                        .mpls(0, 0, 9)
                        .mpls(VPN_LABEL, 0, 9)
                        .ipv4(REMOTE, BEHIND_CE)
                        .udp(1, 2, 1700)
                        .build(),
                packet().ethernet(BROADCAST_MAC, CE_MAC)
                        .vlan(VLAN)
                        .arp(1, CE_MAC, CE, NO_MAC, GATEWAY)
                        .buildPadded(64),
                packet().ethernet(GATEWAY_MAC, HOST_MAC)
                        .vlan(VLAN)
                        .arp(2, HOST_MAC, HOST, GATEWAY_MAC, GATEWAY)
                        .buildPadded(64),
                packet().ethernet(ROUTER_MAC, GATEWAY_MAC)
                        .ipv4(GATEWAY, REMOTE)
                        .udp(1, 2, 30)
                        .build(),
                packet().ethernet(BROADCAST_MAC, GATEWAY_MAC)
                        .arp(1, GATEWAY_MAC, GATEWAY, NO_MAC, CE)
                        .build());
    }
}
