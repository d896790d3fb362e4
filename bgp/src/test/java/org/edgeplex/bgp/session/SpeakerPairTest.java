package org.edgeplex.bgp.session;

import static org.edgeplex.bgp.wire.AddressFamily.IPV4_UNICAST;
import static org.edgeplex.bgp.wire.AddressFamily.VPN_IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.RecordingListener.Call;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two speakers of ours over loopback sockets.
@Timeout(120)
final class SpeakerPairTest {
    private static final Ipv4Address LEFT = Ipv4Address.parse("127.0.0.1");
    private static final Ipv4Address RIGHT = Ipv4Address.parse("127.0.0.2");
    private static final AsNumber CORE_AS = new AsNumber(65000);
    private static final AsNumber BIG_AS = new AsNumber(4_200_000_001L);

    private final RecordingListener left = new RecordingListener();
    private final RecordingListener right = new RecordingListener();
    private final List<BgpSpeaker> speakers = new ArrayList<>();

    @BeforeEach
    void nothingHeardYet() {
        assertTrue(left.isSilent() && right.isSilent());
    }

    @AfterEach
    void closeSpeakers() {
        speakers.forEach(BgpSpeaker::close);
    }

    private BgpSpeaker speaker(AsNumber as, Ipv4Address address) throws IOException {
        BgpSpeaker speaker = BgpSpeaker.open(new SpeakerConfig(as, address, address, 0));
        speakers.add(speaker);
        return speaker;
    }

    private static PeerConfig peer(
            Ipv4Address local, Ipv4Address address, AsNumber as, int port, AddressFamily family) {
        return PeerConfig.of(address, as, family)
                .withLocalAddress(local)
                .withPort(port)
                .withTimes(9, 1, 1);
    }

    /// The right side waits, unless both connect.
    private List<PeerSession> connect(
            AsNumber leftAs, AsNumber rightAs, AddressFamily family, boolean bothConnect)
            throws IOException {
        BgpSpeaker leftSpeaker = speaker(leftAs, LEFT);
        BgpSpeaker rightSpeaker = speaker(rightAs, RIGHT);
        PeerSession rightSession =
                rightSpeaker.addPeer(
                        peer(RIGHT, LEFT, leftAs, leftSpeaker.listenPort(), family)
                                .withPassive(!bothConnect),
                        right);
        PeerSession leftSession =
                leftSpeaker.addPeer(
                        peer(LEFT, RIGHT, rightAs, rightSpeaker.listenPort(), family), left);
        return List.of(leftSession, rightSession);
    }

    private static RouteUpdate.Announced vpnRoute(String prefix, int label) {
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.IGP)
                        .withLocalPref(100)
                        .withRouteTargets(List.of(RouteTarget.parse("65000:1")));
        Reachable route =
                new Reachable.Labeled(
                        new Nlri.VpnIpv4(
                                RouteDistinguisher.parse("65000:1"), Ipv4Prefix.parse(prefix)),
                        new MplsLabel(label));
        return new RouteUpdate.Announced(
                VPN_IPV4, Ipv4Address.parse("10.0.0.1"), attributes, List.of(route));
    }

    private static RouteUpdate.Announced ipv4Routes(AsNumber firstAs, int first, int count) {
        List<Reachable> routes = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Ipv4Address address = new Ipv4Address(0x0b00_0000 + (i << 8));
            routes.add(new Reachable.Unlabeled(new Nlri.Ipv4(new Ipv4Prefix(address, 24))));
        }
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.INCOMPLETE)
                        .with(AsPath.sequence(firstAs, BIG_AS));
        return new RouteUpdate.Announced(
                IPV4_UNICAST, Ipv4Address.parse("10.0.0.1"), attributes, routes);
    }

    @Test
    void internalPeersExchangeVpnRoutesAndWithdrawals() throws Exception {
        List<PeerSession> sessions = connect(CORE_AS, CORE_AS, VPN_IPV4, false);
        Negotiated negotiated = left.await(Call.Established.class).negotiated();
        right.await(Call.Established.class);
        assertEquals(PeerType.INTERNAL, negotiated.peerType());
        assertEquals(9, negotiated.holdTimeSeconds());
        assertEquals(LEFT, negotiated.localAddress());

        RouteUpdate.Announced route = vpnRoute("192.168.1.0/24", 101);
        assertTrue(sessions.getFirst().announce(route));
        assertTrue(sessions.getFirst().endOfRib(VPN_IPV4));
        assertEquals(new Call.Update(route), right.next());
        assertEquals(new Call.EndOfRib(VPN_IPV4), right.next());

        RouteUpdate.Withdrawn gone =
                new RouteUpdate.Withdrawn(VPN_IPV4, List.of(route.routes().getFirst().nlri()));
        assertTrue(sessions.getFirst().withdraw(gone));
        assertEquals(new Call.Update(gone), right.next());
        PeerCounters counters = sessions.getLast().status().counters();
        assertEquals(1, counters.prefixesAnnouncedReceived());
        assertEquals(1, counters.prefixesWithdrawnReceived());
    }

    @Test
    void externalPeersWithFourOctetAsExchangeManyRoutes() throws Exception {
        List<PeerSession> sessions = connect(BIG_AS, CORE_AS, IPV4_UNICAST, false);
        right.await(Call.Established.class);
        left.await(Call.Established.class);
        int count = 20_000;
        assertTrue(sessions.getFirst().announce(ipv4Routes(BIG_AS, 0, count)));
        int received = 0;
        while (received < count) {
            RouteUpdate change = right.await(Call.Update.class).change();
            RouteUpdate.Announced announced = assertInstanceOf(RouteUpdate.Announced.class, change);
            assertEquals(AsPath.sequence(BIG_AS, BIG_AS), announced.attributes().asPath());
            received += announced.routes().size();
        }
        assertEquals(count, received);
        long updates = sessions.getFirst().status().counters().updatesSent();
        assertTrue(
                updates <= count / 900, "routes with equal attributes share UPDATEs: " + updates);
    }

    @Test
    void refreshIsAskedForAndHeard() throws Exception {
        List<PeerSession> sessions = connect(CORE_AS, BIG_AS, IPV4_UNICAST, false);
        left.await(Call.Established.class);
        right.await(Call.Established.class);
        assertFalse(sessions.getFirst().requestRefresh(VPN_IPV4), "a family that is not spoken");
        assertTrue(sessions.getFirst().requestRefresh(IPV4_UNICAST));
        assertEquals(new Call.Refresh(IPV4_UNICAST), right.next());
    }

    @Test
    void closingTellsThePeerWhy() throws Exception {
        List<PeerSession> sessions = connect(CORE_AS, CORE_AS, VPN_IPV4, false);
        left.await(Call.Established.class);
        right.await(Call.Established.class);
        sessions.getFirst().close(Cease.PEER_DECONFIGURED);
        Message.Notification cease = Message.Notification.of(Cease.PEER_DECONFIGURED);
        assertEquals(
                new Call.Down(new DownReason.NotificationReceived(cease)),
                right.await(Call.Down.class));
        assertEquals(
                new Call.Down(new DownReason.NotificationSent(cease, "")),
                left.await(Call.Down.class));
        assertFalse(sessions.getFirst().announce(vpnRoute("10.0.0.0/8", 16)));
    }

    /// Often, because the order of things differs each time.
    @RepeatedTest(20)
    void bothConnectingEndsInOneSession() throws Exception {
        List<PeerSession> sessions = connect(CORE_AS, BIG_AS, IPV4_UNICAST, true);
        left.await(Call.Established.class);
        right.await(Call.Established.class);
        assertTrue(sessions.getFirst().announce(ipv4Routes(CORE_AS, 0, 1)));
        assertTrue(sessions.getLast().announce(ipv4Routes(BIG_AS, 1, 1)));
        assertInstanceOf(Call.Update.class, right.next());
        assertInstanceOf(Call.Update.class, left.next());
        assertEquals(State.ESTABLISHED, sessions.getFirst().status().state());
        assertEquals(1, sessions.getFirst().status().counters().sessionsEstablished());
        assertEquals(1, sessions.getLast().status().counters().sessionsEstablished());
    }

    @Test
    void aSessionComesBackAfterItsPeerDied() throws Exception {
        connect(CORE_AS, CORE_AS, VPN_IPV4, true);
        left.await(Call.Established.class);
        int port = speakers.getLast().listenPort();
        speakers.removeLast().close();
        left.await(Call.Down.class);

        RecordingListener reborn = new RecordingListener();
        BgpSpeaker again = BgpSpeaker.open(new SpeakerConfig(CORE_AS, RIGHT, RIGHT, port));
        speakers.add(again);
        int leftPort = speakers.getFirst().listenPort();
        again.addPeer(peer(RIGHT, LEFT, CORE_AS, leftPort, VPN_IPV4), reborn);
        reborn.await(Call.Established.class);
        left.await(Call.Established.class);
    }

    @Test
    void aWrongAsIsRefusedWithReason() throws Exception {
        BgpSpeaker leftSpeaker = speaker(CORE_AS, LEFT);
        BgpSpeaker rightSpeaker = speaker(BIG_AS, RIGHT);
        rightSpeaker.addPeer(
                peer(RIGHT, LEFT, CORE_AS, leftSpeaker.listenPort(), IPV4_UNICAST)
                        .withPassive(true),
                right);
        PeerSession session =
                leftSpeaker.addPeer(
                        peer(LEFT, RIGHT, CORE_AS, rightSpeaker.listenPort(), IPV4_UNICAST), left);
        long deadlineNanos = System.nanoTime() + 20_000_000_000L;
        while (!session.status().lastError().toString().contains("BAD_PEER_AS")) {
            assertTrue(System.nanoTime() < deadlineNanos, session.status().toString());
            Thread.onSpinWait();
        }
        assertTrue(left.isSilent());
    }
}
