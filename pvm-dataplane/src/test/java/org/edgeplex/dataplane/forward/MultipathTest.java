package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.table.Ipv6Routes;
import org.edgeplex.dataplane.table.RouteTrie;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several next hops for one route.
class MultipathTest {
    private static final int GROUP = GroupTable.FIRST + 1;

    @ParameterizedTest(name = "{0} members")
    @ValueSource(ints = {1, 2, 3, 16, 64})
    void whoLeavesTakesNoOtherFlowAlong(int count) {
        try (Arena arena = Arena.ofConfined()) {
            GroupTable groups = new GroupTable(arena, 2);
            List<Integer> members = IntStream.range(100, 100 + count).boxed().toList();
            groups.put(GROUP, Group.of(members));
            Map<Integer, Integer> before = membersOfFlows(groups);
            Map<Integer, Integer> shares = new HashMap<>();
            before.values().forEach(member -> shares.merge(member, 1, Integer::sum));
            assertEquals(count, shares.size());
            int fair = before.size() / count;
            shares.values().forEach(share -> assertTrue(share > fair / 4 && share < 3 * fair));
            if (count > 1) {
                int leaver = members.get(count / 2);
                groups.put(
                        GROUP, Group.of(members.stream().filter(each -> each != leaver).toList()));
                membersOfFlows(groups)
                        .forEach((flow, member) -> {
                            int was = before.getOrDefault(flow, 0);
                            assertTrue(was == leaver ? member != leaver : member == was);
                        });
                groups.put(GROUP, Group.of(members.reversed()));
                assertEquals(before, membersOfFlows(groups), "not as at first");
            }
        }
    }

    private static Map<Integer, Integer> membersOfFlows(GroupTable groups) {
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, Integer> members = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int hash = random.nextInt();
            members.put(hash, groups.member(GROUP, hash));
        }
        return members;
    }

    @Test
    void flowsAreSpreadAndStayTogether() {
        try (ForwarderRig rig = new ForwarderRig()) {
            spread(rig);
            Set<String> paths = new HashSet<>();
            for (int flow = 0; flow < 64; flow++) {
                byte[] frame = fromCe().ipv4(CE, "10.8.0.9").udp(flow, 2, 30).build();
                rig.fromPort(frame, frame.clone());
                List<byte[]> sent = rig.sentToPort();
                List<String> labels = sent.stream().map(MultipathTest::topLabel).toList();
                assertEquals(labels.get(0), labels.get(1));
                paths.add(labels.getFirst());
            }
            assertEquals(2, paths.size());
            assertEquals(128, rig.count(Counter.TO_CORE_PACKETS));
        }
    }

    @Test
    void aPacketOfAGroupIsLikeAnyOther() {
        try (ForwarderRig rig = new ForwarderRig()) {
            spread(rig);
            rig.apply(new ForwardingUpdate.PutGroup(GROUP, Group.of(List.of(2))));
            rig.fromPort(fromCe().ttl(9).ipv4(CE, "10.8.0.9").udp(1, 2, 30).build());
            toPort(
                            "two labels",
                            new byte[0],
                            Counter.TO_CORE_PACKETS,
                            toP().mpls(TRANSPORT_LABEL, 0, 8)
                                    .mpls(REMOTE_LABEL, 0, 8)
                                    .ttl(8)
                                    .ipv4(CE, "10.8.0.9")
                                    .udp(1, 2, 30)
                                    .build())
                    .assertOutcome(rig);
        }
    }

    private static void spread(ForwarderRig rig) {
        MacAddress p = MacAddress.parse(P_MAC);
        MacAddress core = MacAddress.parse(CORE_MAC);
        rig.adjacency(
                6, Adjacency.Labelled.of(p, core, new MplsLabel(301), new MplsLabel(REMOTE_LABEL)));
        rig.apply(new ForwardingUpdate.PutGroup(GROUP, Group.of(List.of(2, 6))));
        rig.route("10.8.0.0/16", GROUP);
    }

    /// As hexadecimal digits.
    private static String topLabel(byte[] frame) {
        return Fixture.hex(List.of(frame)).getFirst().substring(28, 33);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        try (ForwarderRig rig = new ForwarderRig()) {
            rig.apply(
                    new ForwardingUpdate.PutGroup(
                            GroupTable.FIRST + 100_000, Group.of(List.of(2))));
            rig.apply(new ForwardingUpdate.PutGroup(GROUP, Group.of(List.of(2, 999))));
            rig.route("10.8.0.0/16", GroupTable.FIRST + 100_000);
            rig.apply(new ForwardingUpdate.BindSwitchedLabel(new MplsLabel(700), 999));
            assertEquals(4, rig.count(Counter.UPDATES_REFUSED));
        }
    }

    /// A number that a table refused would end the worker.
    @Test
    void everyNumberFitsInTheTables() {
        int last = GroupTable.FIRST + GroupTable.GROUPS_MAX - 1;
        assertTrue(last <= RouteTrie.VALUE_MAX && last <= Ipv6Routes.VALUE_MAX);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Forwarder.Sizes(1, 1, 1, GroupTable.FIRST + 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Forwarder.Sizes(1, 1, 1, 1, GroupTable.GROUPS_MAX + 1, 1));
    }

    @Test
    void aGroupHasOneToSixtyFourMembers() {
        assertThrows(IllegalArgumentException.class, () -> Group.of(List.of()));
        List<Integer> many = IntStream.range(0, Group.MEMBERS_MAX + 1).boxed().toList();
        assertThrows(IllegalArgumentException.class, () -> Group.of(many));
    }

    /// Ports are of whole datagrams: a later fragment has none, so an earlier one must not either.
    @Test
    void fragmentsOfADatagramAreOneFlow() {
        byte[] first = fromCe().fragment(0x2000).ipv4(CE, REMOTE).udp(1, 2, 30).build();
        byte[] later = fromCe().fragment(4).ipv4(CE, REMOTE).udp(7, 8, 30).build();
        assertEquals(hash(first), hash(later));
    }

    /// RFC 6438: where there are no ports to see, the label tells flows apart.
    @Test
    void theFlowLabelTellsFlowsApart() {
        try (ForwarderRig rig = new ForwarderRig()) {
            rig.ipv6();
            spread(rig);
            rig.route6("2001:db8:8::/48", GROUP);
            Set<String> paths = new HashSet<>();
            for (int label = 0; label < 64; label++) {
                byte[] frame =
                        fromCe().flowLabel(label)
                                .protocol(50)
                                .ipv6(CE6, "2001:db8:8::1")
                                .payload(30)
                                .build();
                rig.fromPort(frame, frame.clone());
                List<String> labels =
                        rig.sentToPort().stream().map(MultipathTest::topLabel).toList();
                assertEquals(labels.get(0), labels.get(1));
                paths.add(labels.getFirst());
            }
            assertEquals(2, paths.size());
        }
    }

    private static int hash(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(frame.length, 8).address();
            Memory.copy(frame, address);
            return FlowHash.ofIpv4(address + 18, frame.length - 18);
        }
    }
}
