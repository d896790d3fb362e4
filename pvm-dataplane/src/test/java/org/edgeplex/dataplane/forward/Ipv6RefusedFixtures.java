package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;

import java.util.Arrays;
import java.util.stream.Stream;
import org.edgeplex.dataplane.packet.PacketBuilder;

/// IPv6 that is dropped, with and without a word.
final class Ipv6RefusedFixtures {
    private Ipv6RefusedFixtures() {}

    static Stream<Fixture> headers() {
        byte[] version4 = fromCe().ipv6(CE6, REMOTE6).udp(1, 2, 30).build();
        version4[18] = 0x45;
        byte[] tooLong = fromCe().ipv6(CE6, REMOTE6).udp(1, 2, 30).build();
        tooLong[22] = 1;
        return Stream.of(
                dropped("version 4 in an IPv6 frame", version4, Counter.DROP_IP_HEADER),
                dropped("payload length beyond the frame", tooLong, Counter.DROP_TRUNCATED),
                dropped(
                        "half a header",
                        Arrays.copyOf(fromCe().ipv6(CE6, REMOTE6).build(), 57),
                        Counter.DROP_TRUNCATED),
                dropped(
                        "half a header under the VPN label",
                        Arrays.copyOf(fromP().mpls(VPN_LABEL, 0, 9).ipv6(REMOTE6, CE6).build(), 57),
                        Counter.DROP_TRUNCATED),
                dropped(
                        "IPv6 under explicit null of IPv4",
                        fromP().mpls(0, 0, 9).ipv6(REMOTE6, CE6).build(),
                        Counter.DROP_LABEL_STACK),
                dropped(
                        "another station's MAC address",
                        packet().ethernet(HOST_MAC, CE_MAC)
                                .vlan(VLAN)
                                .ipv6(CE6, REMOTE6)
                                .payload(9)
                                .build(),
                        Counter.DROP_FOREIGN_MAC));
    }

    static Stream<Fixture> addresses() {
        return Stream.of(
                martian("from a group", "ff02::1", REMOTE6),
                martian("from loopback", "::1", REMOTE6),
                martian("from nowhere to somewhere", "::", REMOTE6),
                martian("from our own address", GATEWAY6, REMOTE6),
                martian("from our own link-local address", GATEWAY6_LINK, CE6),
                martian("to loopback", CE6, "::1"),
                martian("to nowhere", CE6, "::"),
                dropped(
                        "a link-local source stays on its link",
                        fromCe().ipv6("fe80::2", REMOTE6).payload(9).build(),
                        Counter.DROP_LINK_LOCAL),
                dropped(
                        "another's link-local address",
                        fromCe().ipv6(CE6, "fe80::99").payload(9).build(),
                        Counter.DROP_LINK_LOCAL),
                dropped(
                        "our link-local address from afar",
                        fromP().mpls(VPN_LABEL, 0, 9)
                                .ipv6(REMOTE6, GATEWAY6_LINK)
                                .payload(9)
                                .build(),
                        Counter.DROP_LINK_LOCAL),
                dropped(
                        "a routed group",
                        packet().ethernet("33:33:00:00:00:09", CE_MAC)
                                .vlan(VLAN)
                                .ipv6(CE6, "ff0e::9")
                                .payload(9)
                                .build(),
                        Counter.DROP_MULTICAST),
                dropped(
                        "a group from afar",
                        fromP().mpls(VPN_LABEL, 0, 9).ipv6(REMOTE6, "ff02::1").payload(9).build(),
                        Counter.DROP_MULTICAST),
                dropped(
                        "a unicast packet in a group's frame",
                        packet().ethernet("33:33:00:00:00:01", CE_MAC)
                                .vlan(VLAN)
                                .ipv6(CE6, REMOTE6)
                                .payload(9)
                                .build(),
                        Counter.DROP_MULTICAST),
                dropped(
                        "from the core to another site: no way back",
                        fromP().mpls(VPN_LABEL, 0, 9)
                                .ipv6(REMOTE6, REMOTE6_HOST)
                                .payload(9)
                                .build(),
                        Counter.DROP_NOT_LOCAL));
    }

    private static Fixture martian(String description, String source, String destination) {
        byte[] frame = fromCe().ipv6(source, destination).payload(9).build();
        return dropped(description, frame, Counter.DROP_MARTIAN);
    }

    static Stream<Fixture> silent() {
        return Stream.of(
                expired("an ICMPv6 error", fromExpiring(58).icmpv6(1, 0, 0).payload(40).build()),
                expired(
                        "an ICMPv6 error behind options",
                        fromExpiring(60)
                                .hex("3a00010400000000")
                                .icmpv6(3, 0, 0)
                                .payload(9)
                                .build()),
                expired(
                        "a later fragment of an ICMPv6 message",
                        fromExpiring(44).hex("3a00000800000001").payload(9).build()),
                expired("headers without an end", fromExpiring(0).hex("3c00").build()),
                expired(
                        "more headers than are looked through",
                        fromExpiring(60).hex("3c00010400000000".repeat(9)).build()));
    }

    private static PacketBuilder fromExpiring(int protocol) {
        return fromCe().ttl(1).protocol(protocol).ipv6(CE6, REMOTE6);
    }

    private static Fixture expired(String description, byte[] frame) {
        return dropped(description + " is not answered", frame, Counter.DROP_TTL_EXPIRED);
    }

    static Stream<Fixture> errors() {
        byte[] expired = packet().ttl(1).ipv6(CE6, REMOTE6).udp(1, 2, 30).build();
        byte[] echo =
                packet().ttl(1)
                        .protocol(58)
                        .ipv6(CE6, REMOTE6)
                        .icmpv6(128, 0, 1)
                        .payload(9)
                        .build();
        byte[] big = packet().ipv6(CE6, REMOTE6).udp(1, 2, 1453).build();
        byte[] nowhere = packet().ipv6(CE6, "2001:db8:9::1").udp(1, 2, 30).build();
        byte[] noLsp = packet().ipv6(CE6, "2001:db8:4::1").udp(1, 2, 30).build();
        byte[] fromAfar = packet().ttl(1).ipv6(REMOTE6, CE6).udp(1, 2, 30).build();
        byte[] later = fromExpiring(44).hex("1100000800000001").payload(9).build();
        return Stream.of(
                answered("hop limit exceeded", expired, Counter.DROP_TTL_EXPIRED, 3, 0, 0),
                answered("an expired echo request", echo, Counter.DROP_TTL_EXPIRED, 3, 0, 0),
                answered(
                        "an expired later fragment of UDP",
                        Arrays.copyOfRange(later, 18, later.length),
                        Counter.DROP_TTL_EXPIRED,
                        3,
                        0,
                        0),
                answered("too big, quoted up to 1280", big, Counter.DROP_TOO_BIG, 2, 0, 1500),
                answered("no route", nowhere, Counter.DROP_NO_ROUTE, 1, 0, 0),
                answered("no label switched path", noLsp, Counter.DROP_NO_LSP, 1, 0, 0),
                toPort(
                        "hop limit exceeded to a remote site goes through the core",
                        fromP().mpls(VPN_LABEL, 0, 9)
                                .ttl(1)
                                .ipv6(REMOTE6, CE6)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.DROP_TTL_EXPIRED,
                        toP().mpls(TRANSPORT_LABEL, 6, 64)
                                .mpls(REMOTE_LABEL, 6, 64)
                                .dscp(48)
                                .protocol(58)
                                .ipv6(GATEWAY6, REMOTE6)
                                .icmpv6(3, 0, 0)
                                .bytes(fromAfar)
                                .build()));
    }

    private static Fixture answered(
            String description, byte[] original, Counter reason, int type, int code, int rest) {
        return toPort(
                description,
                fromCe().bytes(original).etherType(0x86dd).build(),
                reason,
                Fixture.toCustomer(CE_MAC)
                        .dscp(48)
                        .protocol(58)
                        .ipv6(GATEWAY6, CE6)
                        .icmpv6(type, code, rest)
                        .bytes(Arrays.copyOf(original, Math.min(original.length, 1232)))
                        .build());
    }
}
