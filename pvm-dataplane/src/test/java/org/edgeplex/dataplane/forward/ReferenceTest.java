package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.edgeplex.dataplane.forward.LabelTreatment.TtlModel;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packet path and the [Reference] come to the same verdict, for the same reason, with the same
/// bytes: for good packets of all kinds and for damaged ones.
class ReferenceTest {
    private static final int FRAMES = 12_000;
    private static final long PAUSE_NANOS = 50_000_000; // longer than an error costs in any limit
    private static final int FRAME_BYTES_MAX = 2000;

    /// How the access is set.
    enum Setting {
        PLAIN,
        PIPE,
        MAPPED,
        FILTERED
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({
        "PLAIN, 1",
        "PLAIN, 2",
        "PLAIN, 3",
        "PIPE, 4",
        "PIPE, 5",
        "MAPPED, 6",
        "MAPPED, 7",
        "FILTERED, 8",
        "FILTERED, 9"
    })
    void sameVerdictSameReasonSameBytes(Setting setting, long seed) {
        ArbitraryFrames frames = new ArbitraryFrames(new SplittableRandom(seed));
        try (Pair pair = new Pair(setting)) {
            for (int i = 0; i < FRAMES; i++) {
                pair.offer(frames.next(), "frame " + i + " of seed " + seed);
            }
            assertTrue(pair.rig.count(Counter.TO_CORE_PACKETS) > FRAMES / 50);
            assertTrue(pair.rig.count(Counter.TO_CUSTOMER_PACKETS) > FRAMES / 50);
            assertTrue(pair.rig.count(Counter.TO_TAP_PACKETS) > FRAMES / 200);
            assertTrue(pair.rig.count(Counter.ICMP_ERRORS_SENT) > FRAMES / 200);
            assertTrue(pair.rig.count(Counter.ICMPV6_ERRORS_SENT) > FRAMES / 200);
            assertEquals(BUFFERS, pair.rig.pool.available(), "a packet leaked");
        }
    }

    @FuzzTest
    void anyFrames(FuzzedDataProvider data) {
        try (Pair pair = new Pair(data.pickValue(Setting.values()))) {
            while (data.remainingBytes() > 0) {
                pair.offer(data.consumeBytes(FRAME_BYTES_MAX), "fuzzed");
            }
        }
    }

    /// Both, with the same configuration.
    private static final class Pair implements AutoCloseable {
        private final ForwarderRig rig = new ForwarderRig();
        private final Reference reference = new Reference(rig.access);
        private Map<Counter, Long> before = Map.of();

        Pair(Setting setting) {
            rig.ipv6();
            rig.apply(new ForwardingUpdate.BindVpnLabel(MplsLabel.IPV6_EXPLICIT_NULL));
            rig.apply(new ForwardingUpdate.SetAccess(access(setting)));
            rig.apply(new ForwardingUpdate.PutGroup(GroupTable.FIRST, Group.of(List.of(2))));
            rig.route("10.8.0.0/16", GroupTable.FIRST);
            rig.route6("2001:db8:8::/48", GroupTable.FIRST);
            for (String neighbour : List.of("10.1.0.0", CE)) {
                rig.neighbour(neighbour, CE_MAC);
            }
            for (String neighbour : List.of("2001:db8:1::", CE6, "2001:db8:1::3")) {
                rig.neighbour6(neighbour, HOST_MAC);
            }
            if (setting == Setting.FILTERED) {
                filter(Direction.FROM_CUSTOMER);
                filter(Direction.FROM_CORE);
            }
            rig.applied.forEach(reference::apply);
        }

        /// So small that all its hosts are known.
        private Access access(Setting setting) {
            Access small =
                    new Access(
                            VLAN,
                            Ipv4Address.parse(GATEWAY).bits(),
                            30,
                            rig.access.gatewayMac(),
                            rig.access.coreMac(),
                            MTU_BYTES);
            Access both = small.with(new Ipv6Link(Ipv6Address.parse(GATEWAY6), 126));
            return switch (setting) {
                case PLAIN, FILTERED -> both;
                case PIPE -> both.with(LabelTreatment.DEFAULT.with(TtlModel.PIPE));
                case MAPPED ->
                        both.with(
                                new LabelTreatment(
                                        TtlModel.UNIFORM,
                                        IntStream.range(0, 64)
                                                .mapToObj(each -> each * 5 % 8)
                                                .toList(),
                                        List.of(0, 8, 10, 18, 26, 34, 46, 48)));
            };
        }

        private void filter(Direction direction) {
            Ipv4Prefix site = Ipv4Prefix.parse("10.2.0.0/16");
            Ipv6Prefix site6 = Ipv6Prefix.parse("2001:db8:2::/48");
            Ipv6Prefix all6 = Ipv6Prefix.parse("::/0");
            AclRule.Ports low = new AclRule.Ports(0, 2);
            List<AclRule> rules =
                    List.of(
                            AclRule.ipv4(Ipv4Prefix.DEFAULT, site).protocol(17).to(low),
                            AclRule.ipv4(Ipv4Prefix.DEFAULT, site).deny(),
                            AclRule.ipv4(Ipv4Prefix.DEFAULT, Ipv4Prefix.DEFAULT).from(low).deny(),
                            AclRule.ipv6(all6, site6).protocol(17).from(low),
                            AclRule.ipv6(all6, site6).deny(),
                            AclRule.ipv6(all6, all6).protocol(58).deny());
            rig.apply(new ForwardingUpdate.SetAcl(direction, Acl.compile(rules, true)));
            reference.rules.put(direction, rules);
        }

        void offer(byte[] frame, String which) {
            if (isOfLink(frame)) {
                return;
            }
            rig.nowNanos += PAUSE_NANOS;
            reference.fromPort(frame.clone());
            rig.fromPort(frame);
            String what = which + ": " + HexFormat.of().formatHex(frame);
            assertEquals(Fixture.hex(reference.toPort), Fixture.hex(rig.sentToPort()), what);
            assertEquals(Fixture.hex(reference.toTap), Fixture.hex(rig.sentToTap()), what);
            assertEquals(reference.drops, newDrops(), what);
        }

        private Map<Counter, Long> newDrops() {
            Map<Counter, Long> now = rig.counters.snapshot();
            Map<Counter, Long> drops = new EnumMap<>(Counter.class);
            now.forEach((counter, count) -> {
                long more = count - before.getOrDefault(counter, 0L);
                if (more > 0 && counter.name().startsWith("DROP_")) {
                    drops.put(counter, more);
                }
            });
            before = now;
            return drops;
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    /// ARP and neighbour discovery have tests of their own.
    private static boolean isOfLink(byte[] frame) {
        if (frame.length < 18 || Bits.pair(frame, 12) != 0x8100) {
            return false;
        }
        int type = Bits.pair(frame, 16);
        boolean isDiscovery =
                type == 0x86dd
                        && frame.length > 58
                        && frame[24] == 58
                        && Bits.octet(frame, 58) >= 133
                        && Bits.octet(frame, 58) <= 137;
        return type == 0x0806 || isDiscovery;
    }

    /// What the generator makes reaches every reason for which this forwarder drops a packet, but
    /// those that need a full table, no buffer, a silent neighbour, or a rate.
    @Test
    void everyReasonIsReached() {
        Set<Counter> reached = EnumSet.noneOf(Counter.class);
        for (Setting setting : Setting.values()) {
            ArbitraryFrames frames = new ArbitraryFrames(new SplittableRandom(11));
            try (Pair pair = new Pair(setting)) {
                for (int i = 0; i < FRAMES; i++) {
                    pair.offer(frames.next(), "frame " + i);
                }
                reached.addAll(pair.rig.counters.snapshot().keySet());
            }
        }
        Set<Counter> expected =
                EnumSet.of(
                        Counter.DROP_TRUNCATED,
                        Counter.DROP_UNKNOWN_ETHERTYPE,
                        Counter.DROP_FOREIGN_VLAN,
                        Counter.DROP_FOREIGN_MAC,
                        Counter.DROP_IP_HEADER,
                        Counter.DROP_IP_CHECKSUM,
                        Counter.DROP_MARTIAN,
                        Counter.DROP_MULTICAST,
                        Counter.DROP_TTL_EXPIRED,
                        Counter.DROP_NO_ROUTE,
                        Counter.DROP_NO_LSP,
                        Counter.DROP_TOO_BIG,
                        Counter.DROP_NOT_LOCAL,
                        Counter.DROP_LABEL_STACK,
                        Counter.DROP_UNKNOWN_LABEL,
                        Counter.DROP_LINK_LOCAL,
                        Counter.DROP_HOST_UNREACHABLE,
                        Counter.DROP_ACL_FROM_CUSTOMER,
                        Counter.DROP_ACL_FROM_CORE,
                        Counter.FRAGMENTS_SENT);
        expected.removeAll(reached);
        assertEquals(Set.of(), expected);
    }

    /// Frames that are nearly good.
    private static final class ArbitraryFrames {
        private static final List<String> IPV4 =
                List.of(
                        CE,
                        CE,
                        HOST,
                        GATEWAY,
                        BEHIND_CE,
                        REMOTE,
                        REMOTE,
                        REMOTE_HOST,
                        NEXT_DOOR,
                        NO_LSP,
                        "10.6.0.9",
                        "10.7.0.9",
                        "10.8.0.9",
                        "9.9.9.9",
                        "10.1.0.3",
                        "10.1.0.0",
                        "224.0.0.5",
                        "239.1.1.1",
                        "127.0.0.1",
                        "255.255.255.255",
                        "0.0.0.0");
        private static final List<String> IPV6 =
                List.of(
                        CE6,
                        CE6,
                        HOST6,
                        GATEWAY6,
                        GATEWAY6_LINK,
                        BEHIND_CE6,
                        REMOTE6,
                        REMOTE6,
                        REMOTE6_HOST,
                        "2001:db8:4::1",
                        "2001:db8:6::1",
                        "2001:db8:7::1",
                        "2001:db8:8::1",
                        "2001:db8:9::1",
                        "2001:db8:1::3",
                        "2001:db8:1::",
                        "ff02::5",
                        "ff0e::5",
                        "fe80::7",
                        "::1",
                        "::");
        private static final int[] LABELS = {0, 2, 17, VPN_LABEL, 1, 77, 500, 501, 502, 503, 504};
        private static final int[] TTLS = {64, 64, 64, 255, 2, 1, 0};
        private static final int[] PROTOCOLS = {17, 17, 6, 1, 58, 60, 44, 0, 51, 43, 59, 132};
        private static final int[] SIZES = {0, 2, 30, 30, 600, 1452, 1460, 1472, 1473, 1492, 1700};

        private final SplittableRandom random;

        ArbitraryFrames(SplittableRandom random) {
            this.random = random;
        }

        private int pick(int... values) {
            return values[random.nextInt(values.length)];
        }

        private String pick(List<String> values) {
            return values.get(random.nextInt(values.size()));
        }

        byte[] next() {
            PacketBuilder builder = PacketBuilder.packet();
            boolean isFromCustomer = random.nextBoolean();
            int labels = isFromCustomer ? 0 : 1 + random.nextInt(4) * random.nextInt(2);
            if (isFromCustomer) {
                String mac = random.nextInt(12) == 0 ? BROADCAST_MAC : GATEWAY_MAC;
                builder.ethernet(mac, CE_MAC).vlan(random.nextInt(40) == 0 ? VLAN + 1 : VLAN);
            } else {
                builder.ethernet(CORE_MAC, P_MAC);
                for (int i = 0; i < labels; i++) {
                    boolean isUsual = i == labels - 1 && random.nextInt(4) > 0;
                    int label = isUsual ? VPN_LABEL : pick(LABELS);
                    builder.mpls(label, random.nextInt(8), pick(TTLS));
                }
            }
            int at = isFromCustomer ? 18 : 14 + 4 * labels;
            addPacket(builder, isFromCustomer);
            return damage(builder.build(), at);
        }

        private void addPacket(PacketBuilder builder, boolean isFromCustomer) {
            boolean isOutward = isFromCustomer ? random.nextInt(8) > 0 : random.nextInt(8) == 0;
            builder.ttl(pick(TTLS)).octet(random.nextInt(256)).protocol(pick(PROTOCOLS));
            if (random.nextInt(5) < 3) {
                builder.fragment(pick(0, 0, 0, 0x4000, 0x2000, 0x2009, 9));
                builder.options(random.nextInt(6) == 0 ? "8304000001070401" : "");
                boolean isUsual = random.nextBoolean();
                String near = isUsual ? CE : pick(IPV4);
                String far = isUsual ? REMOTE : pick(IPV4);
                builder.ipv4(isOutward ? near : far, isOutward ? pick(IPV4) : near);
            } else {
                boolean isUsual = random.nextBoolean();
                String near = isUsual ? CE6 : pick(IPV6);
                String far = isUsual ? REMOTE6 : pick(IPV6);
                builder.flowLabel(random.nextInt(1 << 20));
                builder.ipv6(isOutward ? near : far, isOutward ? pick(IPV6) : near);
                if (random.nextInt(3) == 0) {
                    builder.hex(random.nextBoolean() ? "1100000000000000" : "3a01000900000001");
                }
            }
            builder.udp(random.nextInt(4), random.nextInt(4), pick(SIZES));
        }

        private byte[] damage(byte[] good, int at) {
            byte[] frame = good;
            for (int count = Math.max(0, random.nextInt(6) - 2); count > 0; count--) {
                int where = random.nextInt(Math.min(frame.length, at + 60));
                frame[where] = (byte) (random.nextBoolean() ? random.nextInt() : frame[where] ^ 1);
            }
            if (random.nextInt(8) > 0 && frame.length >= at + 20 && frame[at] == 0x45) {
                Bits.put(frame, at + 10, 2, 0);
                Bits.put(frame, at + 10, 2, Bits.checksum(frame, at, at + 20));
            }
            return switch (random.nextInt(16)) {
                case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length + 1));
                case 1 -> Arrays.copyOf(frame, frame.length + random.nextInt(40));
                default -> frame;
            };
        }
    }
}
