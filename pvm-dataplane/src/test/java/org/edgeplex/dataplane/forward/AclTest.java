package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.AclRule.Ports;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AclTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final Ipv4Prefix ALL = Ipv4Prefix.DEFAULT;
    private static final Ipv6Prefix ALL6 = Ipv6Prefix.parse("::/0");

    private final ForwarderRig rig = new ForwarderRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Acl filter(Direction direction, AclRule... rules) {
        Acl acl = Acl.compile(List.of(rules), true);
        rig.apply(new ForwardingUpdate.SetAcl(direction, acl));
        return acl;
    }

    private static AclRule denyTo(String prefix) {
        return AclRule.ipv4(ALL, Ipv4Prefix.parse(prefix)).deny();
    }

    @Test
    void theFirstRuleDecides() {
        AclRule host = AclRule.ipv4(ALL, Ipv4Prefix.parse("10.2.0.9/32"));
        Acl acl = filter(Direction.FROM_CUSTOMER, host, denyTo("10.2.0.0/16"));
        rig.fromPort(
                fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                fromCe().ipv4(CE, "10.2.0.8").udp(1, 2, 30).build(),
                fromCe().ipv4(CE, NEXT_DOOR).udp(1, 2, 30).build());
        assertEquals(2, rig.count(Counter.TO_CORE_PACKETS));
        assertEquals(1, rig.count(Counter.DROP_ACL_FROM_CUSTOMER));
        assertEquals(1, acl.hits(0));
        assertEquals(1, acl.hits(1));
        assertEquals(1, acl.hitsOfDefault());
    }

    @Test
    void rulesAreOfOneDirectionAndGo() {
        rig.neighbour(CE, CE_MAC);
        filter(Direction.FROM_CORE, AclRule.ipv4(ALL, ALL).deny());
        byte[] fromCore = fromP().mpls(VPN_LABEL, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build();
        rig.fromPort(fromCore, fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build());
        assertEquals(1, rig.count(Counter.DROP_ACL_FROM_CORE));
        assertEquals(1, rig.count(Counter.TO_CORE_PACKETS));
        rig.apply(new ForwardingUpdate.RemoveAcl(Direction.FROM_CORE));
        rig.fromPort(fromCore);
        assertEquals(1, rig.count(Counter.TO_CUSTOMER_PACKETS));
    }

    /// The kernel is behind the rules too.
    @Test
    void rulesGuardTheGateway() {
        filter(
                Direction.FROM_CUSTOMER,
                AclRule.ipv4(ALL, Ipv4Prefix.parse(GATEWAY + "/32"))
                        .protocol(UDP)
                        .to(new Ports(0, 178))
                        .deny());
        rig.fromPort(
                fromCe().ipv4(CE, GATEWAY).udp(1, 178, 30).build(),
                fromCe().ipv4(CE, GATEWAY).udp(1, 179, 30).build());
        assertEquals(1, rig.sentToTap().size());
        assertEquals(1, rig.count(Counter.DROP_ACL_FROM_CUSTOMER));
    }

    @Test
    void laterFragmentsMeetNoRuleWithPorts() {
        filter(
                Direction.FROM_CUSTOMER,
                AclRule.ipv4(ALL, ALL).from(new Ports(1, 1)).deny(),
                AclRule.ipv4(ALL, ALL).protocol(TCP).deny());
        rig.fromPort(
                fromCe().fragment(0x2000).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                fromCe().fragment(9).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                fromCe().protocol(1).ipv4(CE, REMOTE).icmp(8, 0, 0x1_0001).build(),
                fromCe().protocol(TCP).ipv4(CE, REMOTE).payload(2).build());
        assertEquals(2, rig.count(Counter.DROP_ACL_FROM_CUSTOMER));
        assertEquals(2, rig.count(Counter.TO_CORE_PACKETS));
    }

    @Test
    void ipv6IsJudgedByItsUpperLayer() {
        rig.ipv6();
        filter(
                Direction.FROM_CUSTOMER,
                AclRule.ipv4(ALL, ALL),
                AclRule.ipv6(Ipv6Prefix.parse("2001:db8:1::/48"), ALL6)
                        .protocol(UDP)
                        .to(new Ports(53, 53))
                        .deny());
        rig.fromPort(
                fromCe().ipv6(CE6, REMOTE6).udp(1, 53, 30).build(),
                behindOptions().udp(1, 53, 30).build(),
                behindOptions().udp(1, 54, 30).build(),
                fromCe().protocol(44).ipv6(CE6, REMOTE6).hex("1100000800000001").build(),
                fromCe().protocol(44).ipv6(CE6, REMOTE6).hex("1100").build());
        assertEquals(2, rig.count(Counter.DROP_ACL_FROM_CUSTOMER));
        assertEquals(3, rig.count(Counter.TO_CORE_PACKETS));
    }

    private static PacketBuilder behindOptions() {
        return fromCe().protocol(60).ipv6(CE6, REMOTE6).hex("1100010400000000");
    }

    /// The link must work before rules can let anybody through.
    @Test
    void neighbourDiscoveryIsNotFiltered() {
        rig.ipv6();
        filter(Direction.FROM_CUSTOMER, AclRule.ipv6(ALL6, ALL6).deny());
        rig.fromPort(
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .vlan(VLAN)
                        .ttl(255)
                        .protocol(58)
                        .ipv6(CE6, GATEWAY6)
                        .icmpv6(135, 0, 0)
                        .address6(GATEWAY6)
                        .build());
        assertEquals(1, rig.count(Counter.ND_ADVERTISEMENTS_SENT));
    }

    @Test
    void tooManyRulesAreRefused() {
        List<AclRule> rules = Collections.nCopies(Acl.RULES_MAX + 1, AclRule.ipv4(ALL, ALL));
        assertThrows(IllegalArgumentException.class, () -> Acl.compile(rules, true));
        assertEquals(0, Acl.compile(rules.subList(0, Acl.RULES_MAX), true).hits(1023));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithReadingTheRulesInOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (Arena arena = Arena.ofConfined()) {
            long memory = arena.allocate(256, 8).address();
            for (int round = 0; round < 40; round++) {
                List<AclRule> rules = new ArrayList<>();
                for (int count = random.nextInt(200); count > 0; count--) {
                    rules.add(arbitraryRule(random));
                }
                boolean isPermitByDefault = random.nextBoolean();
                Acl acl = Acl.compile(rules, isPermitByDefault);
                for (int i = 0; i < 200; i++) {
                    Probe probe = Probe.arbitrary(random);
                    byte[] packet = probe.packet();
                    Memory.copy(packet, memory);
                    boolean permitted =
                            probe.isIpv6
                                    ? acl.permitsIpv6(memory, packet.length)
                                    : acl.permitsIpv4(memory, packet.length);
                    boolean expected =
                            rules.stream()
                                    .filter(probe::meets)
                                    .findFirst()
                                    .map(AclRule::isPermit)
                                    .orElse(isPermitByDefault);
                    assertEquals(expected, permitted, probe::toString);
                }
            }
        }
    }

    private record Probe(
            boolean isIpv6, int source, int destination, int protocol, int from, int to) {
        static Probe arbitrary(SplittableRandom random) {
            return new Probe(
                    random.nextBoolean(),
                    address(random),
                    address(random),
                    random.nextInt(3) == 0 ? 1 : random.nextBoolean() ? TCP : UDP,
                    random.nextInt(10),
                    random.nextInt(10));
        }

        byte[] packet() {
            PacketBuilder builder = PacketBuilder.packet().protocol(protocol);
            PacketBuilder headed =
                    isIpv6
                            ? builder.ipv6(
                                    mapped(source).toString(), mapped(destination).toString())
                            : builder.ipv4(text(source), text(destination));
            return headed.udp(from, to, 4).build();
        }

        boolean meets(AclRule rule) {
            boolean hasPorts = protocol != 1;
            return rule.isIpv6() == isIpv6
                    && rule.source().contains(isIpv6 ? mapped(source) : ipv4(source))
                    && rule.destination().contains(isIpv6 ? mapped(destination) : ipv4(destination))
                    && (rule.protocol() == AclRule.ANY_PROTOCOL || rule.protocol() == protocol)
                    && meets(rule.sourcePorts(), from, hasPorts)
                    && meets(rule.destinationPorts(), to, hasPorts);
        }

        private static boolean meets(Ports ports, int port, boolean hasPorts) {
            return hasPorts
                    ? ports.first() <= port && port <= ports.last()
                    : ports.equals(Ports.ALL);
        }

        private static String text(int address) {
            return new Ipv4Address(address).toString();
        }

        private static Ipv6Address ipv4(int address) {
            return new Ipv6Address(0, 0xffff_0000_0000L | address & 0xffff_ffffL);
        }
    }

    /// The same few bits in another place.
    private static Ipv6Address mapped(int address) {
        return new Ipv6Address(0x2001_0db8L << 32 | address & 0xffff_ffffL, address * 31L);
    }

    private static int address(SplittableRandom random) {
        return 0x0a00_0000 | random.nextInt(4) << 16 | random.nextInt(4);
    }

    private static AclRule arbitraryRule(SplittableRandom random) {
        AclRule rule =
                random.nextBoolean()
                        ? AclRule.ipv4(prefix(random), prefix(random))
                        : AclRule.ipv6(prefix6(random), prefix6(random));
        if (random.nextBoolean()) {
            rule = rule.protocol(random.nextBoolean() ? TCP : UDP);
        }
        if (random.nextInt(3) == 0) {
            rule = rule.from(ports(random));
        }
        if (random.nextInt(3) == 0) {
            rule = rule.to(ports(random));
        }
        return random.nextBoolean() ? rule : rule.deny();
    }

    private static Ipv4Prefix prefix(SplittableRandom random) {
        return Ipv4Prefix.containing(new Ipv4Address(address(random)), random.nextInt(33));
    }

    private static Ipv6Prefix prefix6(SplittableRandom random) {
        return Ipv6Prefix.containing(mapped(address(random)), random.nextInt(129));
    }

    private static Ports ports(SplittableRandom random) {
        int first = random.nextInt(10);
        return new Ports(first, first + random.nextInt(4));
    }
}
