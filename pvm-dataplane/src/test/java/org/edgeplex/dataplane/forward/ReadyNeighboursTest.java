package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets from the core to neighbours whose headers are ready: nothing outlives its neighbour.
class ReadyNeighboursTest {
    private static final String NEW_MAC = "02:00:00:00:00:77";

    private final ForwarderRig rig = new ForwarderRig();

    /// The first packet makes the header ready.
    @BeforeEach
    void warmUp() {
        rig.neighbour(CE, CE_MAC);
        rig.neighbour(HOST, HOST_MAC);
        rig.fromPort(fromCoreTo(CE), fromCoreTo(BEHIND_CE), fromCoreTo(HOST));
        assertEquals(3, rig.sentToPort().size());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static byte[] fromCoreTo(String destination) {
        return packet().ethernet(CORE_MAC, P_MAC)
                .mpls(VPN_LABEL, 0, 60)
                .ipv4(REMOTE, destination)
                .udp(1, 2, 30)
                .build();
    }

    private static byte[] delivered(String destination, String mac, int vlan) {
        return packet().ethernet(mac, GATEWAY_MAC)
                .vlan(vlan)
                .ttl(59)
                .ipv4(REMOTE, destination)
                .udp(1, 2, 30)
                .build();
    }

    private void assertDelivers(String destination, byte[] expected) {
        rig.fromPort(fromCoreTo(destination));
        List<byte[]> sent = rig.sentToPort();
        assertEquals(1, sent.size());
        assertArrayEquals(expected, sent.getFirst());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.edgeplex.dataplane.forward.CoreFixtures#fromCore")
    void whatIsReadyGoesTheSameWay(Fixture fixture) {
        byte[][] frames = {fixture.frame(), fixture.frame(), fixture.frame()};
        rig.fromPort(frames);
        List<byte[]> out = new ArrayList<>(rig.sentToPort());
        out.addAll(rig.sentToTap());
        List<String> each = fixture.out();
        for (int i = 0; i < out.size(); i++) {
            assertEquals(each.get(i % each.size()), Fixture.hex(List.of(out.get(i))).getFirst());
        }
        assertEquals(each.size() * frames.length, out.size());
    }

    @Test
    void aNextHopAndTheSubnetShareWhatIsReady() {
        assertDelivers(BEHIND_CE, delivered(BEHIND_CE, CE_MAC, VLAN));
        assertDelivers(CE, delivered(CE, CE_MAC, VLAN));
        assertDelivers(HOST, delivered(HOST, HOST_MAC, VLAN));
    }

    @Test
    void aNewAddressIsUsedAtOnce() {
        rig.neighbour(CE, NEW_MAC);
        assertDelivers(CE, delivered(CE, NEW_MAC, VLAN));
        assertDelivers(CE, delivered(CE, NEW_MAC, VLAN));
    }

    @Test
    void aRemovedNeighbourIsAskedFor() {
        rig.apply(new ForwardingUpdate.RemoveNeighbour(Ipv4Address.parse(CE)));
        rig.fromPort(fromCoreTo(CE));
        assertEquals(1, rig.count(Counter.ARP_REQUESTS_SENT));
    }

    @Test
    void aNeighbourInUseIsAskedAgainInTime() {
        rig.apply(new ForwardingUpdate.RemoveNeighbour(Ipv4Address.parse(CE)));
        rig.fromPort(
                packet().ethernet(BROADCAST_MAC, CE_MAC)
                        .vlan(VLAN)
                        .arp(1, CE_MAC, CE, NO_MAC, GATEWAY)
                        .buildPadded(64));
        rig.fromPort(fromCoreTo(CE), fromCoreTo(CE));
        rig.pass(NeighbourCache.REFRESH_NANOS + 1);
        rig.sentToPort();
        rig.fromPort(fromCoreTo(CE));
        assertEquals(1, rig.count(Counter.ARP_REQUESTS_SENT));
        assertEquals(2, rig.sentToPort().size());
    }

    @Test
    void anotherVlanIsInTheNextFrame() {
        int vlan = VLAN + 1;
        rig.apply(
                new ForwardingUpdate.SetAccess(
                        Access.of(
                                vlan,
                                Ipv4Address.parse(GATEWAY),
                                24,
                                MacAddress.parse(GATEWAY_MAC),
                                MacAddress.parse(CORE_MAC),
                                MTU_BYTES)));
        assertDelivers(CE, delivered(CE, CE_MAC, vlan));
    }

    /// In a subnet larger than the places, two neighbours may have the same one.
    @Test
    void neighboursOfOnePlaceTakeTurns() {
        rig.apply(
                new ForwardingUpdate.SetAccess(
                        Access.of(
                                VLAN,
                                Ipv4Address.parse(GATEWAY),
                                16,
                                MacAddress.parse(GATEWAY_MAC),
                                MacAddress.parse(CORE_MAC),
                                MTU_BYTES)));
        rig.route("10.1.0.0/16", 0);
        String one = "10.1.8.7";
        String two = "10.1.12.7";
        rig.neighbour(one, CE_MAC);
        rig.neighbour(two, HOST_MAC);
        for (String each : Arrays.asList(one, two, one, one, two)) {
            assertDelivers(each, delivered(each, each.equals(one) ? CE_MAC : HOST_MAC, VLAN));
        }
    }
}
