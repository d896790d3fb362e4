package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Neighbour discovery, with the clock in the test's hand.
class Ipv6NeighboursTest {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String GATEWAY_GROUP = "ff02::1:ff00:1";
    private static final String GATEWAY_GROUP_MAC = "33:33:ff:00:00:01";

    private final ForwarderRig rig = new ForwarderRig();

    @BeforeEach
    void ipv6() {
        rig.ipv6();
    }

    @AfterEach
    void close() {
        assertTrue(rig.pool.available() >= BUFFERS - 1, "packets leaked");
        rig.close();
    }

    private static PacketBuilder ask(String source, String target) {
        return packet().ethernet(GATEWAY_GROUP_MAC, CE_MAC)
                .vlan(VLAN)
                .ttl(255)
                .protocol(58)
                .ipv6(source, GATEWAY_GROUP)
                .icmpv6(135, 0, 0)
                .address6(target);
    }

    private static byte[] askForGateway() {
        return ask(CE6, GATEWAY6).linkLayerOption(1, CE_MAC).build();
    }

    private static PacketBuilder advertise(String destination, int flags, String target) {
        return packet().ethernet(GATEWAY_MAC, CE_MAC)
                .vlan(VLAN)
                .ttl(255)
                .protocol(58)
                .ipv6(target, destination)
                .icmpv6(136, 0, flags)
                .address6(target);
    }

    private static byte[] advertisement(String mac, int flags) {
        return advertise(GATEWAY6, flags, CE6).linkLayerOption(2, mac).build();
    }

    private static byte[] answer(String mac, String destination, int flags, String target) {
        return packet().ethernet(mac, GATEWAY_MAC)
                .vlan(VLAN)
                .ttl(255)
                .protocol(58)
                .ipv6(target, destination)
                .icmpv6(136, 0, flags)
                .address6(target)
                .linkLayerOption(2, GATEWAY_MAC)
                .build();
    }

    private static byte[] question(String mac, String destination) {
        return packet().ethernet(mac, GATEWAY_MAC)
                .vlan(VLAN)
                .ttl(255)
                .protocol(58)
                .ipv6(GATEWAY6, destination)
                .icmpv6(135, 0, 0)
                .address6(CE6)
                .linkLayerOption(1, GATEWAY_MAC)
                .build();
    }

    private static byte[] questionToGroup() {
        return question("33:33:ff:00:00:02", "ff02::1:ff00:2");
    }

    private static byte[] fromCoreTo(String destination, int port) {
        return packet().ethernet(CORE_MAC, P_MAC)
                .mpls(VPN_LABEL, 0, 60)
                .ipv6(REMOTE6, destination)
                .udp(port, 2, 30)
                .build();
    }

    private static byte[] delivered(String mac, int port) {
        return packet().ethernet(mac, GATEWAY_MAC)
                .vlan(VLAN)
                .ttl(59)
                .ipv6(REMOTE6, CE6)
                .udp(port, 2, 30)
                .build();
    }

    private void assertSent(byte[]... frames) {
        assertEquals(Fixture.hex(List.of(frames)), Fixture.hex(rig.sentToPort()));
    }

    @Test
    void answersForTheGatewayAndLearnsTheAsker() {
        rig.fromPort(askForGateway());
        assertSent(answer(CE_MAC, CE6, 0xe000_0000, GATEWAY6));
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(delivered(CE_MAC, 1));
    }

    @Test
    void answersForItsLinkLocalAddress() {
        rig.fromPort(ask("fe80::2", GATEWAY6_LINK).linkLayerOption(1, CE_MAC).build());
        assertSent(answer(CE_MAC, "fe80::2", 0xe000_0000, GATEWAY6_LINK));
    }

    /// RFC 4861, section 7.2.4: to all, and not solicited.
    @Test
    void answersWhoWantsTheAddressForItself() {
        rig.fromPort(ask("::", GATEWAY6).build());
        assertSent(answer("33:33:00:00:00:01", "ff02::1", 0xa000_0000, GATEWAY6));
    }

    @Test
    void asksHoldsTheLastPacketAndDeliversIt() {
        rig.fromPort(fromCoreTo(CE6, 1), fromCoreTo(CE6, 2));
        assertSent(questionToGroup());
        assertEquals(1, rig.count(Counter.DROP_ND_PENDING));
        rig.fromPort(advertisement(CE_MAC, 0x6000_0000));
        assertSent(delivered(CE_MAC, 2));
        assertEquals(1, rig.sentToTap().size(), "the kernel may have asked");
    }

    @Test
    void asksThreeTimesAndTellsTheSender() {
        rig.fromPort(fromCoreTo(CE6, 1));
        for (int i = 0; i < 5; i++) {
            rig.pass(SECOND_NANOS);
        }
        assertEquals(3, rig.count(Counter.ND_SOLICITATIONS_SENT));
        assertEquals(1, rig.count(Counter.DROP_HOST_UNREACHABLE));
        byte[] error =
                packet().ethernet(P_MAC, CORE_MAC)
                        .mpls(TRANSPORT_LABEL, 6, 64)
                        .mpls(REMOTE_LABEL, 6, 64)
                        .dscp(48)
                        .protocol(58)
                        .ipv6(GATEWAY6, REMOTE6)
                        .icmpv6(1, 3, 0)
                        .bytes(packet().ttl(59).ipv6(REMOTE6, CE6).udp(1, 2, 30).build())
                        .build();
        assertSent(questionToGroup(), questionToGroup(), questionToGroup(), error);
    }

    @Test
    void refreshesANeighbourInUse() {
        rig.fromPort(askForGateway());
        rig.sentToPort();
        rig.pass(NeighbourCache.REFRESH_NANOS + 1);
        rig.fromPort(fromCoreTo(CE6, 1), fromCoreTo(CE6, 2));
        assertSent(delivered(CE_MAC, 1), question(CE_MAC, CE6), delivered(CE_MAC, 2));
        rig.fromPort(advertisement(CE_MAC, 0x4000_0000));
        rig.pass(NeighbourCache.EXPIRY_NANOS - SECOND_NANOS);
        rig.fromPort(fromCoreTo(CE6, 3));
        assertArrayEquals(delivered(CE_MAC, 3), rig.sentToPort().getFirst());
    }

    @Test
    void forgetsANeighbourThatIsSilent() {
        rig.fromPort(askForGateway());
        rig.sentToPort();
        rig.pass(NeighbourCache.EXPIRY_NANOS + 1);
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(questionToGroup());
    }

    /// RFC 4861, section 7.2.5.
    @Test
    void anAdvertisementChangesAnAddressOnlyIfItSaysSo() {
        rig.fromPort(askForGateway());
        rig.sentToPort();
        rig.fromPort(advertisement(HOST_MAC, 0));
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(delivered(CE_MAC, 1));
        rig.fromPort(advertisement(HOST_MAC, 0x2000_0000));
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(delivered(HOST_MAC, 1));
    }

    @Test
    void anAdvertisementMakesNoNeighbour() {
        rig.fromPort(advertisement(CE_MAC, 0x2000_0000));
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(questionToGroup());
    }

    @Test
    void aConfiguredNeighbourIsNotOverruled() {
        rig.neighbour6(CE6, HOST_MAC);
        rig.fromPort(askForGateway(), advertisement(CE_MAC, 0x2000_0000));
        rig.sentToPort();
        rig.pass(NeighbourCache.EXPIRY_NANOS + 1);
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(delivered(HOST_MAC, 1));
        rig.apply(new ForwardingUpdate.RemoveIpv6Neighbour(Ipv6Address.parse(CE6)));
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(questionToGroup());
    }

    @Test
    void strangersAreAnsweredButNotLearned() {
        rig.fromPort(ask("2001:db8:77::2", GATEWAY6).linkLayerOption(1, CE_MAC).build());
        assertEquals(1, rig.sentToPort().size());
        rig.fromPort(fromCoreTo(CE6, 1));
        assertSent(questionToGroup());
    }

    @Test
    void talkBetweenOthersIsIgnored() {
        rig.fromPort(ask(CE6, HOST6).linkLayerOption(1, CE_MAC).build());
        assertEquals(1, rig.count(Counter.DROP_ND_IGNORED));
        assertSent();
    }

    @Test
    void malformedMessagesAreCounted() {
        malformed(frame -> frame[18 + 7] = (byte) 254); // was forwarded
        malformed(frame -> frame[18 + 41] = 1); // code
        malformed(frame -> frame[18 + 42] ^= 1); // checksum
        rig.fromPort(
                ask(CE6, "ff02::1").build(), // a group is nobody's address
                ask("::", GATEWAY6).linkLayerOption(1, CE_MAC).build(),
                ask(CE6, GATEWAY6).hex("0100000000000000").build(), // an option of no length
                ask(CE6, GATEWAY6).hex("0102000000000000").build(), // one beyond the end
                ask(CE6, GATEWAY6).hex("0101").build(),
                advertise("ff02::1", 0x4000_0000, CE6).linkLayerOption(2, CE_MAC).build());
        assertEquals(9, rig.count(Counter.DROP_ND_MALFORMED));
        assertSent();
        assertEquals(0, rig.sentToTap().size());
    }

    private void malformed(Consumer<byte[]> damage) {
        byte[] frame = askForGateway();
        damage.accept(frame);
        rig.fromPort(frame);
    }

    @Test
    void aShortMessageIsMalformed() {
        byte[] cut =
                packet().ethernet(GATEWAY_GROUP_MAC, CE_MAC)
                        .vlan(VLAN)
                        .ttl(255)
                        .protocol(58)
                        .ipv6(CE6, GATEWAY_GROUP)
                        .icmpv6(135, 0, 0)
                        .payload(15)
                        .build();
        rig.fromPort(cut);
        assertEquals(1, rig.count(Counter.DROP_ND_MALFORMED));
        rig.fromPort(Arrays.copyOf(askForGateway(), 70));
        assertEquals(1, rig.count(Counter.DROP_TRUNCATED));
    }

    @Test
    void aScanFillsNeitherTableNorPool() {
        for (int host = 3; host < 250; host++) {
            rig.fromPort(fromCoreTo("2001:db8:1::" + Integer.toHexString(host), 1));
            rig.sentToPort();
        }
        assertTrue(rig.count(Counter.ND_SOLICITATIONS_SENT) <= NeighbourCache.REQUESTS_BURST);
        for (int i = 0; i < 200; i++) {
            rig.pass(SECOND_NANOS);
            rig.sentToPort();
        }
        assertEquals(BUFFERS, rig.pool.available());
    }

    @Test
    void anotherSubnetForgetsTheNeighbours() {
        rig.fromPort(fromCoreTo(CE6, 1));
        rig.apply(
                new ForwardingUpdate.SetAccess(
                        rig.access.with(new Ipv6Link(Ipv6Address.parse("2001:db8:8::1"), 64))));
        assertEquals(1, rig.count(Counter.DROP_HOST_UNREACHABLE));
        rig.pass(0);
        assertEquals(BUFFERS, rig.pool.available());
    }
}
