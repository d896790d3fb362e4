package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.stream.Stream;
import org.edgeplex.dataplane.packet.PacketBuilder;

/// IPv6 that is good, from all sides.
final class Ipv6Fixtures {
    static final String ALL_ROUTERS_MAC = "33:33:00:00:00:02";

    private Ipv6Fixtures() {}

    static Stream<Fixture> toCore() {
        return Stream.of(
                toPort(
                        "VPNv6: two labels, hop limit and class copied",
                        fromCe().dscp(46)
                                .flowLabel(0xabcde)
                                .ipv6(CE6, REMOTE6)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 5, 63)
                                .mpls(REMOTE_LABEL, 5, 63)
                                .dscp(46)
                                .flowLabel(0xabcde)
                                .ttl(63)
                                .ipv6(CE6, REMOTE6)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "a host route through implicit null: one label",
                        fromCe().ipv6(CE6, REMOTE6_HOST).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv6(CE6, REMOTE6_HOST)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "three labels",
                        fromCe().ipv6(CE6, "2001:db8:6::1").udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(DETOUR_LABEL, 0, 63)
                                .mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv6(CE6, "2001:db8:6::1")
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "6PE: explicit null under the transport label",
                        fromCe().ipv6(CE6, "2001:db8:7::1").udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(2, 0, 63)
                                .ttl(63)
                                .ipv6(CE6, "2001:db8:7::1")
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "Ethernet padding is not carried into the core",
                        fromCe().protocol(59).ipv6(CE6, REMOTE6).buildPadded(64),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .protocol(59)
                                .ipv6(CE6, REMOTE6)
                                .build()),
                toPort(
                        "exactly the MTU fits",
                        fromCe().ipv6(CE6, REMOTE6).udp(1, 2, 1452).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv6(CE6, REMOTE6)
                                .udp(1, 2, 1452)
                                .build()));
    }

    static Stream<Fixture> toCustomer() {
        return Stream.of(
                toPort(
                        "VPN label to a connected host, smaller hop limit wins",
                        fromP().mpls(VPN_LABEL, 0, 61).ipv6(REMOTE6, HOST6).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        Fixture.toCustomer(HOST_MAC)
                                .ttl(60)
                                .ipv6(REMOTE6, HOST6)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "explicit null of IPv6 above the VPN label, to behind the CE",
                        fromP().mpls(2, 0, 255)
                                .mpls(VPN_LABEL, 0, 255)
                                .ttl(9)
                                .ipv6(REMOTE6, BEHIND_CE6)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        Fixture.toCustomer(CE_MAC)
                                .ttl(8)
                                .ipv6(REMOTE6, BEHIND_CE6)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "a packet of headers alone is padded",
                        fromP().mpls(VPN_LABEL, 0, 61).protocol(59).ipv6(REMOTE6, CE6).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        Fixture.toCustomer(CE_MAC)
                                .ttl(60)
                                .protocol(59)
                                .ipv6(REMOTE6, CE6)
                                .buildPadded(64)),
                toPort(
                        "between two hosts of the subnet",
                        fromCe().ipv6(CE6, HOST6).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        Fixture.toCustomer(HOST_MAC)
                                .ttl(63)
                                .ipv6(CE6, HOST6)
                                .udp(1, 2, 30)
                                .build()));
    }

    static Stream<Fixture> toKernel() {
        return Stream.of(
                toTap(
                        "from the customer to the gateway: punted without its tag",
                        fromCe().ttl(1).ipv6(CE6, GATEWAY6).udp(1, 2, 30).build(),
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .ttl(1)
                                .ipv6(CE6, GATEWAY6)
                                .udp(1, 2, 30)
                                .build()),
                toTap(
                        "to our link-local address (BGP, OSPFv3)",
                        fromCe().ipv6("fe80::2", GATEWAY6_LINK).udp(1, 2, 30).build(),
                        packet().ethernet(GATEWAY_MAC, CE_MAC)
                                .ipv6("fe80::2", GATEWAY6_LINK)
                                .udp(1, 2, 30)
                                .build()),
                toTap(
                        "OSPFv3's group",
                        packet().ethernet("33:33:00:00:00:05", CE_MAC)
                                .vlan(VLAN)
                                .ttl(1)
                                .protocol(89)
                                .ipv6("fe80::2", "ff02::5")
                                .payload(36)
                                .build(),
                        packet().ethernet("33:33:00:00:00:05", CE_MAC)
                                .ttl(1)
                                .protocol(89)
                                .ipv6("fe80::2", "ff02::5")
                                .payload(36)
                                .build()),
                toTap(
                        "a router solicitation",
                        packet().ethernet(ALL_ROUTERS_MAC, CE_MAC)
                                .vlan(VLAN)
                                .ttl(255)
                                .protocol(58)
                                .ipv6("fe80::2", "ff02::2")
                                .icmpv6(133, 0, 0)
                                .build(),
                        packet().ethernet(ALL_ROUTERS_MAC, CE_MAC)
                                .ttl(255)
                                .protocol(58)
                                .ipv6("fe80::2", "ff02::2")
                                .icmpv6(133, 0, 0)
                                .build()),
                toTap(
                        "from the core to the gateway: framed for the kernel",
                        fromP().mpls(VPN_LABEL, 0, 61)
                                .ipv6(REMOTE6, GATEWAY6)
                                .udp(1, 2, 30)
                                .build(),
                        packet().ethernet(GATEWAY_MAC, ROUTER_MAC)
                                .ipv6(REMOTE6, GATEWAY6)
                                .udp(1, 2, 30)
                                .build()));
    }

    static Stream<Fixture> fromKernel() {
        return Stream.of(
                toPort(
                        "to the CE: tagged as it is",
                        fromGateway(CE_MAC).ipv6(GATEWAY6, CE6).udp(179, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        packet().ethernet(CE_MAC, GATEWAY_MAC)
                                .vlan(VLAN)
                                .ipv6(GATEWAY6, CE6)
                                .udp(179, 2, 30)
                                .build()),
                toPort(
                        "to a remote site: labelled, hop limit not decremented",
                        fromGateway(ROUTER_MAC).ipv6(GATEWAY6, REMOTE6).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 64)
                                .mpls(REMOTE_LABEL, 0, 64)
                                .ipv6(GATEWAY6, REMOTE6)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "its router advertisement",
                        fromGateway("33:33:00:00:00:01")
                                .ttl(255)
                                .protocol(58)
                                .ipv6(GATEWAY6_LINK, "ff02::1")
                                .icmpv6(134, 0, 0)
                                .payload(8)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        packet().ethernet("33:33:00:00:00:01", GATEWAY_MAC)
                                .vlan(VLAN)
                                .ttl(255)
                                .protocol(58)
                                .ipv6(GATEWAY6_LINK, "ff02::1")
                                .icmpv6(134, 0, 0)
                                .payload(8)
                                .build()),
                toTap(
                        "its question for a remote address is answered here",
                        solicitation(
                                fromGateway("33:33:ff:00:00:09"),
                                GATEWAY6,
                                "ff02::1:ff00:9",
                                REMOTE6),
                        packet().ethernet(GATEWAY_MAC, ROUTER_MAC)
                                .ttl(255)
                                .protocol(58)
                                .ipv6(REMOTE6, GATEWAY6)
                                .icmpv6(136, 0, 0xe000_0000)
                                .address6(REMOTE6)
                                .linkLayerOption(2, ROUTER_MAC)
                                .build()),
                toPort(
                        "its question for a host of the subnet goes out",
                        solicitation(
                                fromGateway("33:33:ff:00:00:99"),
                                GATEWAY6,
                                "ff02::1:ff00:99",
                                HOST6),
                        Counter.TO_CUSTOMER_PACKETS,
                        solicitation(
                                packet().ethernet("33:33:ff:00:00:99", GATEWAY_MAC).vlan(VLAN),
                                GATEWAY6,
                                "ff02::1:ff00:99",
                                HOST6)),
                dropped(
                        "a group beyond the link",
                        fromGateway("33:33:00:00:00:09")
                                .ipv6(GATEWAY6, "ff05::9")
                                .payload(9)
                                .build(),
                        Counter.DROP_MULTICAST),
                dropped(
                        "no route",
                        fromGateway(ROUTER_MAC).ipv6(GATEWAY6, "2001:db8:9::1").payload(9).build(),
                        Counter.DROP_NO_ROUTE),
                dropped(
                        "too big for the core",
                        fromGateway(ROUTER_MAC).ipv6(GATEWAY6, REMOTE6).payload(1461).build(),
                        Counter.DROP_TOO_BIG),
                dropped(
                        "half a header",
                        fromGateway(ROUTER_MAC).etherType(0x86dd).payload(39).build(),
                        Counter.DROP_TRUNCATED));
    }

    private static byte[] solicitation(
            PacketBuilder frame, String source, String destination, String target) {
        return frame.ttl(255)
                .protocol(58)
                .ipv6(source, destination)
                .icmpv6(135, 0, 0)
                .address6(target)
                .linkLayerOption(1, GATEWAY_MAC)
                .build();
    }
}
