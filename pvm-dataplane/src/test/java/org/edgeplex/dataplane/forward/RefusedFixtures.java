package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.Arrays;
import java.util.stream.Stream;

/// What is dropped without a word.
final class RefusedFixtures {
    private RefusedFixtures() {}

    static Stream<Fixture> frames() {
        return Stream.of(
                dropped("an empty frame", new byte[0], Counter.DROP_TRUNCATED),
                dropped(
                        "an untagged IP frame",
                        packet().ethernet(GATEWAY_MAC, CE_MAC).ipv4(CE, REMOTE).payload(30).build(),
                        Counter.DROP_UNKNOWN_ETHERTYPE),
                dropped(
                        "IPv6",
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .vlan(VLAN)
                                .etherType(0x86dd)
                                .payload(60)
                                .build(),
                        Counter.DROP_UNKNOWN_ETHERTYPE),
                dropped(
                        "another customer's VLAN",
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .vlan(VLAN + 1)
                                .ipv4(CE, REMOTE)
                                .payload(30)
                                .build(),
                        Counter.DROP_FOREIGN_VLAN),
                dropped(
                        "another station's MAC address",
                        packet().ethernet(HOST_MAC, CE_MAC)
                                .vlan(VLAN)
                                .ipv4(CE, REMOTE)
                                .payload(30)
                                .build(),
                        Counter.DROP_FOREIGN_MAC));
    }

    static Stream<Fixture> headers() {
        byte[] badChecksum = fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build();
        badChecksum[28] ^= 1;
        byte[] tooLong = fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build();
        tooLong[21] ^= 64;
        byte[] version6 = fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build();
        version6[18] = 0x65;
        byte[] shortHeader = fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build();
        shortHeader[18] = 0x44;
        return Stream.of(
                dropped("wrong checksum", badChecksum, Counter.DROP_IP_CHECKSUM),
                dropped("total length beyond the frame", tooLong, Counter.DROP_TRUNCATED),
                dropped("version 6 in an IPv4 frame", version6, Counter.DROP_IP_HEADER),
                dropped("header length 16", shortHeader, Counter.DROP_IP_HEADER),
                dropped(
                        "half a header",
                        Arrays.copyOf(fromCe().ipv4(CE, REMOTE).build(), 30),
                        Counter.DROP_TRUNCATED));
    }

    static Stream<Fixture> addresses() {
        return Stream.of(
                dropped(
                        "from a multicast address",
                        fromCe().ipv4("224.1.1.1", REMOTE).payload(30).build(),
                        Counter.DROP_MARTIAN),
                dropped(
                        "from our own address",
                        fromCe().ipv4(GATEWAY, REMOTE).payload(30).build(),
                        Counter.DROP_MARTIAN),
                dropped(
                        "to loopback",
                        fromCe().ipv4(CE, "127.0.0.1").payload(30).build(),
                        Counter.DROP_MARTIAN),
                dropped(
                        "routed multicast",
                        packet().ethernet("01:00:5e:01:01:01", CE_MAC)
                                .vlan(VLAN)
                                .ipv4(CE, "239.1.1.1")
                                .payload(30)
                                .build(),
                        Counter.DROP_MULTICAST),
                dropped(
                        "a unicast packet in a broadcast frame",
                        packet().ethernet(BROADCAST_MAC, CE_MAC)
                                .vlan(VLAN)
                                .ipv4(CE, REMOTE)
                                .payload(30)
                                .build(),
                        Counter.DROP_MULTICAST));
    }

    static Stream<Fixture> stacks() {
        byte[] noBottom = fromP().mpls(VPN_LABEL, 0, 61).ipv4(REMOTE, CE).udp(1, 2, 30).build();
        noBottom[16] &= (byte) 0xfe;
        return Stream.of(
                dropped(
                        "not for our core address",
                        packet().ethernet(P_MAC, CORE_MAC)
                                .mpls(VPN_LABEL, 0, 61)
                                .ipv4(REMOTE, CE)
                                .payload(30)
                                .build(),
                        Counter.DROP_FOREIGN_MAC),
                dropped(
                        "a label that we did not bind",
                        fromP().mpls(VPN_LABEL + 1, 0, 61).ipv4(REMOTE, CE).payload(30).build(),
                        Counter.DROP_UNKNOWN_LABEL),
                dropped("VPN label, but not the last one", noBottom, Counter.DROP_LABEL_STACK),
                dropped(
                        "transport label without VPN label",
                        fromP().mpls(17, 0, 61).ipv4(REMOTE, CE).payload(30).build(),
                        Counter.DROP_LABEL_STACK),
                dropped(
                        "a stack too deep",
                        fromP().mpls(0, 0, 61)
                                .mpls(0, 0, 61)
                                .mpls(0, 0, 61)
                                .mpls(17, 0, 61)
                                .mpls(VPN_LABEL, 0, 61)
                                .ipv4(REMOTE, CE)
                                .payload(30)
                                .build(),
                        Counter.DROP_LABEL_STACK),
                dropped(
                        "a stack cut off",
                        Arrays.copyOf(fromP().mpls(0, 0, 61).mpls(17, 0, 61).build(), 20),
                        Counter.DROP_TRUNCATED),
                dropped(
                        "from the core to another site: no way back",
                        fromP().mpls(VPN_LABEL, 0, 61).ipv4(REMOTE, NEXT_DOOR).payload(30).build(),
                        Counter.DROP_NOT_LOCAL),
                dropped(
                        "a directed broadcast from afar",
                        fromP().mpls(VPN_LABEL, 0, 61)
                                .ipv4(REMOTE, "10.1.0.255")
                                .payload(30)
                                .build(),
                        Counter.DROP_MULTICAST));
    }

    static Stream<Fixture> silent() {
        return Stream.of(
                dropped(
                        "an expired ICMP error is not answered",
                        fromCe().ttl(1)
                                .protocol(1)
                                .ipv4(CE, REMOTE)
                                .icmp(11, 0, 0)
                                .payload(28)
                                .build(),
                        Counter.DROP_TTL_EXPIRED),
                dropped(
                        "an expired packet from all hosts of the subnet is not answered",
                        fromCe().ttl(1).ipv4("10.1.0.255", REMOTE).payload(30).build(),
                        Counter.DROP_TTL_EXPIRED),
                dropped(
                        "an expired later fragment is not answered",
                        fromCe().ttl(1).fragment(100).ipv4(CE, REMOTE).payload(30).build(),
                        Counter.DROP_TTL_EXPIRED));
    }
}
