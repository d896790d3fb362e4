package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.Arrays;
import java.util.stream.Stream;

/// What comes from the customer and is good.
final class CustomerFixtures {
    private CustomerFixtures() {}

    static Stream<Fixture> toCore() {
        return Stream.of(
                toPort(
                        "two labels, TTL copied to both",
                        fromCe().ttl(64).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "a host route through implicit null: one label",
                        fromCe().ttl(2).ipv4(CE, REMOTE_HOST).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(REMOTE_LABEL, 0, 1)
                                .ttl(1)
                                .ipv4(CE, REMOTE_HOST)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "another access of this PE: to our own core address",
                        fromCe().ipv4(CE, NEXT_DOOR).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        packet().ethernet(CORE_MAC, CORE_MAC)
                                .mpls(3003, 0, 63)
                                .ttl(63)
                                .ipv4(CE, NEXT_DOOR)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "DSCP EF becomes traffic class 5",
                        fromCe().dscp(46).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 5, 63)
                                .mpls(REMOTE_LABEL, 5, 63)
                                .dscp(46)
                                .ttl(63)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 30)
                                .build()));
    }

    static Stream<Fixture> payload() {
        return Stream.of(
                toPort(
                        "Ethernet padding is not carried into the core",
                        fromCe().ipv4(CE, REMOTE).udp(1, 2, 0).buildPadded(64),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 0)
                                .build()),
                toPort(
                        "options are carried",
                        fromCe().options("01010100").ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .options("01010100")
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "exactly the MTU fits",
                        fromCe().fragment(0x4000).ipv4(CE, REMOTE).udp(1, 2, 1472).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .fragment(0x4000)
                                .ipv4(CE, REMOTE)
                                .udp(1, 2, 1472)
                                .build()),
                fragments());
    }

    /// 20 + 1508 bytes through 1500: 1480 and 28 bytes of data.
    private static Fixture fragments() {
        byte[] data = packet().udp(1, 2, 1500).build();
        return new Fixture(
                "one byte more is cut in two",
                fromCe().ipv4(CE, REMOTE).bytes(data).build(),
                Verdict.PORT,
                Counter.FROM_CUSTOMER_PACKETS,
                fragment(0x2000, Arrays.copyOfRange(data, 0, 1480)),
                fragment(185, Arrays.copyOfRange(data, 1480, 1508)));
    }

    private static byte[] fragment(int fragment, byte[] data) {
        return toP().mpls(TRANSPORT_LABEL, 0, 63)
                .mpls(REMOTE_LABEL, 0, 63)
                .ttl(63)
                .fragment(fragment)
                .ipv4(CE, REMOTE)
                .bytes(data)
                .build();
    }

    static Stream<Fixture> customerToItself() {
        return Stream.of(
                toPort(
                        "between two hosts of the subnet",
                        fromCe().ipv4(CE, HOST).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(HOST_MAC).ttl(63).ipv4(CE, HOST).udp(1, 2, 30).build()),
                toPort(
                        "to a network behind the CE",
                        fromCe().ipv4(HOST, BEHIND_CE).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(63).ipv4(HOST, BEHIND_CE).udp(1, 2, 30).build()),
                toTap(
                        "to the gateway: punted without its tag",
                        fromCe().ipv4(CE, GATEWAY).udp(1, 2, 30).build(),
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .ipv4(CE, GATEWAY)
                                .udp(1, 2, 30)
                                .build()),
                toTap(
                        "TTL 1 to the gateway is fine (BGP)",
                        fromCe().ttl(1).ipv4(CE, GATEWAY).udp(1, 2, 30).build(),
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .ttl(1)
                                .ipv4(CE, GATEWAY)
                                .udp(1, 2, 30)
                                .build()),
                toTap(
                        "OSPF's multicast is punted",
                        packet().ethernet("01:00:5e:00:00:05", CE_MAC)
                                .vlan(VLAN)
                                .ttl(1)
                                .ipv4(CE, "224.0.0.5")
                                .udp(1, 2, 30)
                                .build(),
                        packet().ethernet("01:00:5e:00:00:05", CE_MAC)
                                .ttl(1)
                                .ipv4(CE, "224.0.0.5")
                                .udp(1, 2, 30)
                                .build()),
                toTap(
                        "DHCP from nowhere is punted",
                        packet().ethernet(BROADCAST_MAC, CE_MAC)
                                .vlan(VLAN)
                                .ipv4("0.0.0.0", "255.255.255.255")
                                .udp(68, 67, 30)
                                .build(),
                        packet().ethernet(BROADCAST_MAC, CE_MAC)
                                .ipv4("0.0.0.0", "255.255.255.255")
                                .udp(68, 67, 30)
                                .build()));
    }
}
