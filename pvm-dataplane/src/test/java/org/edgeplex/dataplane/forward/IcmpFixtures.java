package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.Arrays;
import java.util.stream.Stream;

/// What is dropped and answered.
final class IcmpFixtures {
    private IcmpFixtures() {}

    static Stream<Fixture> icmpErrors() {
        byte[] big = packet().fragment(0x4000).ipv4(CE, REMOTE).udp(1, 2, 1500).build();
        byte[] expired = packet().ttl(1).ipv4(CE, REMOTE).udp(1, 2, 30).build();
        byte[] fromAfar = packet().ttl(1).ipv4(REMOTE, CE).udp(1, 2, 30).build();
        byte[] nowhere = packet().ipv4(CE, "9.9.9.9").udp(1, 2, 30).build();
        byte[] noLsp = packet().ipv4(CE, NO_LSP).udp(1, 2, 30).build();
        return Stream.of(
                toPort(
                        "TTL exceeded to the customer",
                        fromCe().bytes(expired).etherType(0x0800).build(),
                        Counter.DROP_TTL_EXPIRED,
                        icmpToCe(11, 0, 0, expired)),
                toPort(
                        "TTL exceeded to a remote site goes through the core",
                        fromP().mpls(VPN_LABEL, 0, 9).ttl(1).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_TTL_EXPIRED,
                        toP().mpls(TRANSPORT_LABEL, 6, 64)
                                .mpls(REMOTE_LABEL, 6, 64)
                                .dscp(48)
                                .identification(0)
                                .protocol(1)
                                .ipv4(GATEWAY, REMOTE)
                                .icmp(11, 0, 0)
                                .bytes(fromAfar)
                                .build()),
                toPort(
                        "fragmentation needed tells the MTU and quotes 548 bytes",
                        fromCe().bytes(big).etherType(0x0800).build(),
                        Counter.DROP_TOO_BIG,
                        icmpToCe(3, 4, MTU_BYTES, Arrays.copyOf(big, 548))),
                toPort(
                        "no route",
                        fromCe().bytes(nowhere).etherType(0x0800).build(),
                        Counter.DROP_NO_ROUTE,
                        icmpToCe(3, 0, 0, nowhere)),
                toPort(
                        "a route without a label switched path",
                        fromCe().bytes(noLsp).etherType(0x0800).build(),
                        Counter.DROP_NO_LSP,
                        icmpToCe(3, 0, 0, noLsp)));
    }

    private static byte[] icmpToCe(int type, int code, int rest, byte[] quoted) {
        return toCustomer(CE_MAC)
                .dscp(48)
                .identification(0)
                .protocol(1)
                .ipv4(GATEWAY, CE)
                .icmp(type, code, rest)
                .bytes(quoted)
                .build();
    }
}
