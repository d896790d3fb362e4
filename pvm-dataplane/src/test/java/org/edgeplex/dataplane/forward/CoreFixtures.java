package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.stream.Stream;

/// What comes from the core or from the kernel and is good.
final class CoreFixtures {
    private CoreFixtures() {}

    static Stream<Fixture> fromCore() {
        return Stream.of(
                toPort(
                        "VPN label to a connected host, smaller TTL wins",
                        fromP().mpls(VPN_LABEL, 0, 61)
                                .ttl(63)
                                .ipv4(REMOTE, HOST)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(HOST_MAC).ttl(60).ipv4(REMOTE, HOST).udp(1, 2, 30).build()),
                toPort(
                        "VPN label to a network behind the CE",
                        fromP().mpls(VPN_LABEL, 0, 255)
                                .ttl(63)
                                .ipv4(REMOTE, BEHIND_CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(62).ipv4(REMOTE, BEHIND_CE).udp(1, 2, 30).build()),
                toPort(
                        "explicit null above the VPN label",
                        fromP().mpls(0, 0, 60)
                                .mpls(VPN_LABEL, 0, 61)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(59).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "a transport label of ours above the VPN label",
                        fromP().mpls(17, 0, 60)
                                .mpls(VPN_LABEL, 0, 61)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(59).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "a short packet is padded for the customer's Ethernet",
                        fromP().mpls(VPN_LABEL, 0, 61).ipv4(REMOTE, CE).udp(1, 2, 2).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ttl(60).ipv4(REMOTE, CE).udp(1, 2, 2).buildPadded(64)),
                toTap(
                        "to the gateway: framed for the kernel",
                        fromP().mpls(VPN_LABEL, 0, 61).ipv4(REMOTE, GATEWAY).udp(1, 2, 30).build(),
                        packet().ethernet(GATEWAY_MAC, ROUTER_MAC)
                                .ipv4(REMOTE, GATEWAY)
                                .udp(1, 2, 30)
                                .build()));
    }

    static Stream<Fixture> fromKernel() {
        return Stream.of(
                toPort(
                        "to the CE: tagged as it is",
                        fromGateway(CE_MAC).ipv4(GATEWAY, CE).udp(179, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        packet().ethernet(CE_MAC, GATEWAY_MAC)
                                .vlan(VLAN)
                                .ipv4(GATEWAY, CE)
                                .udp(179, 2, 30)
                                .build()),
                toPort(
                        "to a remote site: labelled, TTL not decremented",
                        fromGateway(ROUTER_MAC).ipv4(GATEWAY, REMOTE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(TRANSPORT_LABEL, 0, 64)
                                .mpls(REMOTE_LABEL, 0, 64)
                                .ipv4(GATEWAY, REMOTE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "behind the CE: routed",
                        fromGateway(ROUTER_MAC).ipv4(GATEWAY, BEHIND_CE).udp(1, 2, 30).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        toCustomer(CE_MAC).ipv4(GATEWAY, BEHIND_CE).udp(1, 2, 30).build()),
                toPort(
                        "an ARP request for the CE goes out, padded",
                        fromGateway(BROADCAST_MAC).arp(1, GATEWAY_MAC, GATEWAY, NO_MAC, CE).build(),
                        Counter.TO_CUSTOMER_PACKETS,
                        packet().ethernet(BROADCAST_MAC, GATEWAY_MAC)
                                .vlan(VLAN)
                                .arp(1, GATEWAY_MAC, GATEWAY, NO_MAC, CE)
                                .buildPadded(64)),
                toTap(
                        "an ARP request for a remote address is answered here",
                        fromGateway(BROADCAST_MAC)
                                .arp(1, GATEWAY_MAC, GATEWAY, NO_MAC, REMOTE)
                                .build(),
                        packet().ethernet(GATEWAY_MAC, ROUTER_MAC)
                                .arp(2, ROUTER_MAC, REMOTE, GATEWAY_MAC, GATEWAY)
                                .build()),
                dropped(
                        "IPv6 of the kernel",
                        fromGateway("33:33:00:00:00:02").etherType(0x86dd).payload(60).build(),
                        Counter.DROP_TAP_UNSUPPORTED),
                dropped("half an Ethernet header", new byte[10], Counter.DROP_TRUNCATED),
                dropped(
                        "no route",
                        fromGateway(ROUTER_MAC).ipv4(GATEWAY, "9.9.9.9").payload(30).build(),
                        Counter.DROP_NO_ROUTE));
    }
}
