package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;

import java.util.Arrays;
import java.util.stream.Stream;

/// Label stacks of every depth, and labels that are switched.
final class LabelFixtures {
    private LabelFixtures() {}

    static Stream<Fixture> imposed() {
        return Stream.of(
                toPort(
                        "three labels, all with TTL and class of the packet",
                        fromCe().dscp(26).ipv4(CE, "10.6.0.9").udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(DETOUR_LABEL, 3, 63)
                                .mpls(TRANSPORT_LABEL, 3, 63)
                                .mpls(REMOTE_LABEL, 3, 63)
                                .dscp(26)
                                .ttl(63)
                                .ipv4(CE, "10.6.0.9")
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "explicit null is sent where the next hop asked for it",
                        fromCe().ipv4(CE, "10.7.0.9").udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(0, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .ipv4(CE, "10.7.0.9")
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "three labels on a packet that is not ordinary",
                        fromCe().options("01010100").ipv4(CE, "10.6.0.9").udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(DETOUR_LABEL, 0, 63)
                                .mpls(TRANSPORT_LABEL, 0, 63)
                                .mpls(REMOTE_LABEL, 0, 63)
                                .ttl(63)
                                .options("01010100")
                                .ipv4(CE, "10.6.0.9")
                                .udp(1, 2, 30)
                                .build()));
    }

    static Stream<Fixture> switched() {
        return Stream.of(
                toPort(
                        "swapped at the bottom: class kept, the packet untouched",
                        fromP().mpls(LSP_LABEL, 5, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(SWAPPED_LABEL, 5, 8).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "swapped above another label, which stays as it is",
                        fromP().mpls(LSP_LABEL, 1, 2)
                                .mpls(77, 2, 200)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(SWAPPED_LABEL, 1, 1)
                                .mpls(77, 2, 200)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "swapped and one pushed",
                        fromP().mpls(LSP_LABEL + 3, 4, 9)
                                .mpls(77, 0, 7)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(DETOUR_LABEL, 4, 8)
                                .mpls(SWAPPED_LABEL, 4, 8)
                                .mpls(77, 0, 7)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build()),
                toPort(
                        "explicit null popped, the next label swapped with its class",
                        fromP().mpls(0, 6, 5)
                                .mpls(LSP_LABEL, 0, 9)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(SWAPPED_LABEL, 6, 4).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "popped at the last hop but one, a label remains",
                        fromP().mpls(LSP_LABEL + 1, 0, 9)
                                .mpls(77, 3, 200)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().mpls(77, 3, 8).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "popped at the last hop but one, IPv4 remains",
                        fromP().mpls(LSP_LABEL + 1, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.TO_CORE_PACKETS,
                        toP().ttl(8).ipv4(REMOTE, CE).udp(1, 2, 30).build()),
                toPort(
                        "popped at the last hop but one, IPv6 remains",
                        fromP().mpls(LSP_LABEL + 2, 0, 99)
                                .ttl(7)
                                .ipv6("2001:db8::1", "2001:db8::2")
                                .udp(1, 2, 30)
                                .build(),
                        Counter.TO_CORE_PACKETS,
                        toP().ttl(7).ipv6("2001:db8::1", "2001:db8::2").udp(1, 2, 30).build()));
    }

    static Stream<Fixture> refused() {
        return Stream.of(
                dropped(
                        "a label that expires on its way is not answered",
                        fromP().mpls(LSP_LABEL, 0, 1).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_TTL_EXPIRED),
                dropped(
                        "too big with its labels",
                        fromP().mpls(LSP_LABEL, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 1481).build(),
                        Counter.DROP_TOO_BIG),
                dropped(
                        "too big without a label",
                        fromP().mpls(LSP_LABEL + 1, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 1485).build(),
                        Counter.DROP_TOO_BIG),
                dropped(
                        "no way on for this label",
                        fromP().mpls(LSP_LABEL + 4, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_NO_LSP),
                dropped(
                        "popped, and under it is not what the label says",
                        fromP().mpls(LSP_LABEL + 2, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_IP_HEADER),
                dropped(
                        "popped, and the next label is cut off",
                        Arrays.copyOf(fromP().mpls(LSP_LABEL + 1, 0, 9).mpls(77, 0, 9).build(), 20),
                        Counter.DROP_TRUNCATED),
                dropped(
                        "explicit null as the last label, unbound",
                        fromP().mpls(0, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                        Counter.DROP_LABEL_STACK),
                dropped(
                        "router alert",
                        fromP().mpls(1, 0, 9)
                                .mpls(VPN_LABEL, 0, 9)
                                .ipv4(REMOTE, CE)
                                .udp(1, 2, 30)
                                .build(),
                        Counter.DROP_UNKNOWN_LABEL));
    }
}
