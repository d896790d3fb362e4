package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// ARP, with the clock in the test's hand.
class NeighboursTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ForwarderRig rig = new ForwarderRig();

    @AfterEach
    void close() {
        assertTrue(rig.pool.available() >= BUFFERS - 1, "packets leaked");
        rig.close();
    }

    private static byte[] askForGateway() {
        return packet().ethernet(BROADCAST_MAC, CE_MAC)
                .vlan(VLAN)
                .arp(1, CE_MAC, CE, NO_MAC, GATEWAY)
                .buildPadded(64);
    }

    private static byte[] requestFor(String target, String destinationMac) {
        return packet().ethernet(destinationMac, GATEWAY_MAC)
                .vlan(VLAN)
                .arp(1, GATEWAY_MAC, GATEWAY, NO_MAC, target)
                .buildPadded(64);
    }

    private static byte[] replyFrom(String mac, String address) {
        return packet().ethernet(GATEWAY_MAC, mac)
                .vlan(VLAN)
                .arp(2, mac, address, GATEWAY_MAC, GATEWAY)
                .buildPadded(64);
    }

    private static byte[] fromCoreTo(String destination, int port) {
        return packet().ethernet(CORE_MAC, P_MAC)
                .mpls(VPN_LABEL, 0, 60)
                .ipv4(REMOTE, destination)
                .udp(port, 2, 30)
                .build();
    }

    private static byte[] delivered(String mac, String destination, int port) {
        return packet().ethernet(mac, GATEWAY_MAC)
                .vlan(VLAN)
                .ttl(59)
                .ipv4(REMOTE, destination)
                .udp(port, 2, 30)
                .build();
    }

    private void assertSent(byte[]... frames) {
        List<byte[]> sent = rig.sentToPort();
        assertEquals(frames.length, sent.size());
        for (int i = 0; i < frames.length; i++) {
            assertArrayEquals(frames[i], sent.get(i));
        }
    }

    @Test
    void answersForTheGatewayAndLearnsTheAsker() {
        rig.fromPort(askForGateway());
        assertSent(
                packet().ethernet(CE_MAC, GATEWAY_MAC)
                        .vlan(VLAN)
                        .arp(2, GATEWAY_MAC, GATEWAY, CE_MAC, CE)
                        .buildPadded(64));
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(delivered(CE_MAC, CE, 1));
    }

    @Test
    void answersAProbeWithoutLearningNowhere() {
        rig.fromPort(
                packet().ethernet(BROADCAST_MAC, CE_MAC)
                        .vlan(VLAN)
                        .arp(1, CE_MAC, "0.0.0.0", NO_MAC, GATEWAY)
                        .buildPadded(64));
        assertEquals(1, rig.sentToPort().size());
    }

    @Test
    void asksHoldsTheLastPacketAndDeliversIt() {
        rig.fromPort(fromCoreTo(CE, 1), fromCoreTo(CE, 2));
        assertSent(requestFor(CE, BROADCAST_MAC));
        assertEquals(1, rig.count(Counter.DROP_ARP_PENDING));
        rig.fromPort(replyFrom(CE_MAC, CE));
        assertSent(delivered(CE_MAC, CE, 2));
        byte[] untagged =
                packet().ethernet(GATEWAY_MAC, CE_MAC)
                        .arp(2, CE_MAC, CE, GATEWAY_MAC, GATEWAY)
                        .buildPadded(60);
        assertArrayEquals(untagged, rig.sentToTap().getFirst());
    }

    @Test
    void asksThreeTimesAndTellsTheSender() {
        rig.fromPort(fromCoreTo(CE, 1));
        for (int i = 0; i < 5; i++) {
            rig.pass(SECOND_NANOS);
        }
        assertEquals(3, rig.count(Counter.ARP_REQUESTS_SENT));
        assertEquals(1, rig.count(Counter.DROP_HOST_UNREACHABLE));
        assertEquals(1, rig.count(Counter.ICMP_ERRORS_SENT));
        List<byte[]> sent = rig.sentToPort();
        assertArrayEquals(requestFor(CE, BROADCAST_MAC), sent.get(2));
        assertArrayEquals(
                packet().ethernet(P_MAC, CORE_MAC)
                        .mpls(TRANSPORT_LABEL, 6, 64)
                        .mpls(REMOTE_LABEL, 6, 64)
                        .dscp(48)
                        .identification(0)
                        .protocol(1)
                        .ipv4(GATEWAY, REMOTE)
                        .icmp(3, 1, 0)
                        .bytes(packet().ttl(59).ipv4(REMOTE, CE).udp(1, 2, 30).build())
                        .build(),
                sent.get(3));
    }

    @Test
    void refreshesANeighbourInUseAndKeepsIt() {
        rig.fromPort(replyFrom(CE_MAC, CE)); // unasked, but for us
        rig.pass(NeighbourCache.REFRESH_NANOS + 1);
        rig.fromPort(fromCoreTo(CE, 1), fromCoreTo(CE, 2));
        assertSent(delivered(CE_MAC, CE, 1), requestFor(CE, CE_MAC), delivered(CE_MAC, CE, 2));
        rig.fromPort(replyFrom(CE_MAC, CE));
        rig.pass(NeighbourCache.EXPIRY_NANOS - SECOND_NANOS);
        rig.fromPort(fromCoreTo(CE, 3));
        assertArrayEquals(delivered(CE_MAC, CE, 3), rig.sentToPort().getFirst());
    }

    @Test
    void forgetsANeighbourThatIsSilent() {
        rig.fromPort(replyFrom(CE_MAC, CE));
        rig.pass(NeighbourCache.EXPIRY_NANOS + 1);
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(requestFor(CE, BROADCAST_MAC));
        rig.fromPort(replyFrom(HOST_MAC, CE));
        assertSent(delivered(HOST_MAC, CE, 1));
    }

    @Test
    void aChangedAddressIsBelievedAtOnce() {
        rig.fromPort(replyFrom(CE_MAC, CE));
        rig.fromPort(
                packet().ethernet(BROADCAST_MAC, HOST_MAC)
                        .vlan(VLAN)
                        .arp(1, HOST_MAC, CE, NO_MAC, CE)
                        .buildPadded(64));
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(delivered(HOST_MAC, CE, 1));
    }

    @Test
    void aConfiguredNeighbourIsNotOverruled() {
        rig.neighbour(CE, CE_MAC);
        rig.fromPort(replyFrom(HOST_MAC, CE));
        rig.pass(NeighbourCache.EXPIRY_NANOS + 1);
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(delivered(CE_MAC, CE, 1));
        rig.apply(new ForwardingUpdate.RemoveNeighbour(Ipv4Address.parse(CE)));
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(requestFor(CE, BROADCAST_MAC));
    }

    @Test
    void strangersAndTheGatewayItselfAreNotLearned() {
        rig.fromPort(
                replyFrom(CE_MAC, "10.77.0.2"),
                replyFrom(CE_MAC, GATEWAY),
                replyFrom(CE_MAC, "10.1.0.255"));
        rig.fromPort(fromCoreTo(CE, 1));
        assertSent(requestFor(CE, BROADCAST_MAC));
    }

    @Test
    void talkBetweenOthersIsIgnored() {
        rig.fromPort(
                packet().ethernet(BROADCAST_MAC, CE_MAC)
                        .vlan(VLAN)
                        .arp(1, CE_MAC, CE, NO_MAC, HOST)
                        .buildPadded(64));
        assertEquals(1, rig.count(Counter.DROP_ARP_IGNORED));
        assertSent();
    }

    @Test
    void malformedMessagesAreCounted() {
        byte[] badType = askForGateway();
        badType[19] = 6;
        byte[] badOperation = askForGateway();
        badOperation[25] = 9;
        byte[] fromGroup = askForGateway();
        fromGroup[26] |= 1;
        rig.fromPort(badType, badOperation, fromGroup);
        assertEquals(3, rig.count(Counter.DROP_ARP_MALFORMED));
        rig.fromPort(Arrays.copyOf(askForGateway(), 45));
        assertEquals(1, rig.count(Counter.DROP_TRUNCATED));
        assertSent();
    }

    @Test
    void aScanFillsNeitherTableNorPool() {
        for (int host = 3; host < 250; host++) {
            rig.fromPort(fromCoreTo("10.1.0." + host, 1));
            rig.sentToPort();
        }
        assertTrue(rig.count(Counter.ARP_REQUESTS_SENT) <= NeighbourCache.REQUESTS_BURST);
        for (int i = 0; i < 200; i++) {
            rig.pass(SECOND_NANOS);
            rig.sentToPort();
        }
        assertEquals(BUFFERS, rig.pool.available());
    }

    @Test
    void anotherSubnetForgetsTheNeighbours() {
        rig.fromPort(fromCoreTo(CE, 1));
        rig.apply(
                new ForwardingUpdate.SetAccess(
                        Access.of(
                                VLAN,
                                Ipv4Address.parse("10.5.0.1"),
                                24,
                                MacAddress.parse(GATEWAY_MAC),
                                MacAddress.parse(CORE_MAC),
                                MTU_BYTES)));
        rig.pass(0);
        assertEquals(BUFFERS, rig.pool.available());
    }
}
