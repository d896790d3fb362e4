package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            rig.ipv6();
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

    /// What the short way must know, or leave alone.
    enum Feature {
        NONE,
        PIPE,
        CLASSES,
        POLICERS,
        RULES
    }

    /// The short way of ordinary packets and the long way of all come to the same, bit for bit.
    @ParameterizedTest(name = "seed {0}, {1}")
    @CsvSource({"1, NONE", "2, NONE", "3, PIPE", "4, CLASSES", "5, POLICERS", "6, RULES"})
    void theShortWayIsTheLongWay(long seed, Feature feature) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = goodFrames();
        try (TwoWays ways = new TwoWays(rig -> switchOn(rig, feature))) {
            for (int i = 0; i < 20_000; i++) {
                byte[] frame = damaged(good.get(random.nextInt(good.size())), random);
                ways.pass("frame " + i, random.nextInt(50_000_000), frame);
            }
            ways.assertSameCounts();
        }
    }

    /// A copy with a few bytes changed, mostly with a good checksum all the same.
    static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] frame = good.clone();
        int ipv4 = 18;
        for (int change = random.nextInt(4); change > 0; change--) {
            frame[random.nextInt(Math.min(frame.length, 40))] = (byte) random.nextInt();
        }
        if (frame[ipv4] == 0x45 && random.nextInt(8) > 0) {
            putChecksum(frame, ipv4);
        }
        return frame;
    }

    private static void switchOn(ForwarderRig rig, Feature feature) {
        rig.ipv6();
        switch (feature) {
            case NONE -> {}
            case PIPE -> treat(rig, LabelTreatment.DEFAULT.with(LabelTreatment.TtlModel.PIPE));
            case CLASSES ->
                    treat(
                            rig,
                            new LabelTreatment(
                                    LabelTreatment.TtlModel.UNIFORM,
                                    Collections.nCopies(64, 3),
                                    Collections.nCopies(8, 5)));
            case POLICERS -> {
                Policer policer = new Policer(2_000, 1_500, 500);
                for (Direction direction : Direction.values()) {
                    rig.apply(new ForwardingUpdate.SetPolicer(direction, policer));
                }
            }
            case RULES -> {
                Ipv4Prefix site = Ipv4Prefix.parse("10.0.0.0/14");
                Acl acl = Acl.compile(List.of(AclRule.ipv4(site, site)), false);
                for (Direction direction : Direction.values()) {
                    rig.apply(new ForwardingUpdate.SetAcl(direction, acl));
                }
            }
        }
    }

    private static void treat(ForwarderRig rig, LabelTreatment treatment) {
        Access access =
                rig.access
                        .with(treatment)
                        .with(new Ipv6Link(Ipv6Address.parse(ForwarderRig.GATEWAY6), 64));
        rig.apply(new ForwardingUpdate.SetAccess(access));
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
            boolean isForCore = hex(List.of(each)).getFirst().startsWith("0200000000bb");
            assertTrue(type == 0x8100 || type == 0x8847 || isForCore, "untagged on the wire");
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

    static List<byte[]> goodFrames() {
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
                fromCe().ipv4(CE, "10.6.0.9").udp(1, 2, 30).build(),
                fromP().mpls(500, 0, 9).mpls(77, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                fromP().mpls(501, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                fromCe().ipv6(CE6, REMOTE6).udp(1, 2, 30).build(),
                fromCe().ipv6(CE6, HOST6).udp(1, 2, 30).build(),
                fromP().mpls(VPN_LABEL, 0, 9).ipv6(REMOTE6, CE6).udp(1, 2, 30).build(),
                fromCe().ttl(255)
                        .protocol(58)
                        .ipv6(CE6, GATEWAY6)
                        .icmpv6(135, 0, 0)
                        .address6(GATEWAY6)
                        .linkLayerOption(1, CE_MAC)
                        .build(),
                fromCe().ttl(255)
                        .protocol(58)
                        .ipv6(HOST6, GATEWAY6)
                        .icmpv6(136, 0, 0x6000_0000)
                        .address6(HOST6)
                        .linkLayerOption(2, HOST_MAC)
                        .build(),
                fromGateway(ROUTER_MAC).ipv6(GATEWAY6, REMOTE6).udp(1, 2, 30).build(),
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
