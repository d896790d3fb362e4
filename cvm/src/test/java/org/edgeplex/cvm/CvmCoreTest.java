package org.edgeplex.cvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.cvm.kernel.KernelTables;
import org.edgeplex.cvm.label.LabelAllocator;
import org.edgeplex.cvm.vpn.VpnRib;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionKey.Protocol;
import org.edgeplex.state.record.SessionStatus;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VpnRoute;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All of the CVM but sockets, threads and the kernel, on a store in memory and a clock of the
/// test's.
class CvmCoreTest {
    private static final Ipv4Address SELF = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address PE2 = Ipv4Address.parse("10.0.0.2");
    private static final Ipv4Address RR = Ipv4Address.parse("10.0.0.9");
    private static final Ipv4Address HOP = Ipv4Address.parse("10.1.0.254");
    private static final LdpIdentifier P = LdpIdentifier.parse("10.0.0.100:0");
    private static final Neighbor P_NEIGHBOR = new Neighbor(P, HOP, P.lsrId());
    private static final Ipv4Prefix PE2_FEC = Ipv4Prefix.host(PE2);
    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress HOP_MAC = MacAddress.parse("02:00:00:00:00:fe");
    private static final RouteTarget RED = RouteTarget.parse("65000:1");
    private static final Ipv4Prefix FAR = Ipv4Prefix.parse("192.168.2.0/24");
    private static final Ipv4Prefix NEAR = Ipv4Prefix.parse("192.168.1.0/24");
    private static final VrfRouteKey FAR_IN_RED = new VrfRouteKey(1, FAR);
    private static final String OURS = "65000:101:192.168.1.0/24";

    private final State state = new State(new MemoryStateStore(), Duration.ofSeconds(1));
    private final StateWriter controller = state.as(Incarnation.UNFENCED);
    private long nowNanos;
    private Life life = new Life();

    @BeforeEach
    void provision() {
        controller.put(
                Tables.VRFS,
                1,
                new Vrf(
                        "red/pe1",
                        RouteDistinguisher.parse("65000:101"),
                        List.of(RED),
                        List.of(RED)));
        attach(7, Lifecycle.ACTIVE);
        offer(7);
        life.step();
    }

    @Test
    void aLabelIsBoundBeforeTheRouteIsAnnounced() {
        assertEquals(Optional.of(new MplsLabel(1000)), label(7));
        life.peer().establish();
        life.step();
        assertEquals(
                List.of("announce " + OURS + " label 1000 next hop 10.0.0.1", "end of RIB"),
                life.peer().told);
        assertEquals("Established", session(Protocol.BGP, RR).state());
        assertEquals(1, session(Protocol.BGP, RR).epoch());
    }

    @Test
    void aWithdrawnAttachmentLeavesNothing() {
        life.peer().establish();
        life.step();
        attach(7, Lifecycle.WITHDRAWING);
        life.step();
        assertEquals("withdraw " + OURS, life.peer().told.getLast());
        assertEquals(List.of(), state.scan(Tables.LABELS));
        assertEquals(List.of(), state.scan(Tables.LABEL_BINDINGS));
        assertEquals(List.of(), state.scan(Tables.VRF_ROUTES));
        attach(7, Lifecycle.ACTIVE);
        life.step();
        assertEquals(Optional.of(new MplsLabel(1001)), label(7), "the old label rests");
        controller.remove(Tables.ATTACHMENTS, 7);
        life.step();
        assertEquals(List.of(), state.scan(Tables.LABELS));
    }

    @Test
    void aRefreshIsAnsweredWithEverything() {
        life.peer().establish();
        life.step();
        life.peer().told.clear();
        life.peer().asksForRefresh();
        life.step();
        assertEquals(
                List.of("announce " + OURS + " label 1000 next hop 10.0.0.1"), life.peer().told);
    }

    @Test
    void aRouteNeedsItsTransportLsp() {
        life.peer().establish();
        life.peer().says(announced(RED));
        life.step();
        assertEquals(1, state.scan(Tables.VPN_ROUTES).size());
        assertFalse(installed(), "no LSP yet");
        life.ldpUp();
        life.step();
        assertFalse(installed(), "no MAC address yet");
        assertEquals(Map.of(HOP, 1), life.solicited);
        life.kernel(true);
        life.step();
        assertTrue(installed());
        assertEquals(
                new TransportLsp(HOP, HOP_MAC, CORE_MAC, List.of(new MplsLabel(16))),
                state.get(Tables.TRANSPORT_LSPS, PE2_FEC).orElseThrow().value());
        assertEquals(1, state.scan(Tables.LIB).size());
    }

    @Test
    void aWithdrawalTakesRouteAndLspAway() {
        reachFar();
        life.peer()
                .says(
                        new RouteUpdate.Withdrawn(
                                AddressFamily.VPN_IPV4,
                                List.of(announced(RED).routes().getFirst().nlri())));
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.VPN_ROUTES));
        assertEquals(List.of(), state.scan(Tables.TRANSPORT_LSPS));
    }

    @Test
    void afterSettlingALostBindingTakesTheRouteAwayAtOnce() {
        reachFar();
        pass(11);
        life.step();
        assertTrue(installed());
        life.transport.mappingWithdrawn(P, PE2_FEC);
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.LIB));
        life.transport.mappingReceived(P, PE2_FEC, MplsLabel.IMPLICIT_NULL);
        life.step();
        assertTrue(installed());
        assertEquals(
                List.of(),
                state.get(Tables.TRANSPORT_LSPS, PE2_FEC).orElseThrow().value().labels());
        life.transport.sessionDown(P_NEIGHBOR, new SessionDownReason.ConnectionLost());
        life.step();
        assertFalse(installed());
        assertEquals("NON_EXISTENT", session(Protocol.LDP, P.lsrId()).state());
    }

    @Test
    void theEndOfTheSessionEndsItsRoutes() {
        reachFar();
        life.peer().fail();
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.VPN_ROUTES));
        pass(1);
        life.step();
        assertEquals("Idle", session(Protocol.BGP, RR).state());
    }

    @Test
    void theNextLifeGoesOnWithWhatTheLastOneHad() {
        reachFar();
        List<?> before = everything();
        life = new Life();
        life.step();
        assertTrue(installed(), "forwarding goes on with neither BGP nor LDP back");
        life.peer().establish();
        life.step();
        assertEquals(
                "announce " + OURS + " label 1000 next hop 10.0.0.1", life.peer().told.getFirst());
        assertEquals(2, session(Protocol.BGP, RR).epoch());
        life.peer().says(announced(RED));
        life.peer().saysEndOfRib(AddressFamily.VPN_IPV4);
        life.ldpUp();
        life.kernel(true);
        life.step();
        pass(100);
        life.step();
        assertTrue(installed());
        assertEquals(before, everything(), "as if nothing had happened");
    }

    @Test
    void staleRoutesGoWithEndOfRib() {
        reachFar();
        life = new Life();
        life.peer().establish();
        life.step();
        life.peer().saysEndOfRib(AddressFamily.IPV4_UNICAST);
        life.step();
        assertTrue(installed(), "that was of another family");
        life.peer().saysEndOfRib(AddressFamily.VPN_IPV4);
        life.step();
        assertFalse(installed(), "the peer did not say it again");
    }

    @Test
    void staleRoutesGoInTimeWithoutEndOfRib() {
        reachFar();
        life = new Life();
        life.ldpUp();
        life.kernel(true);
        life.peer().establish();
        life.step();
        pass(CorePeers.SWEEP_SECONDS - 1);
        life.step();
        assertTrue(installed());
        pass(2);
        life.step();
        assertFalse(installed());
    }

    @Test
    void staleRoutesGoInTimeWithoutASession() {
        reachFar();
        life = new Life();
        life.ldpUp();
        life.kernel(true);
        life.step();
        pass(CorePeers.STALE_SECONDS_MAX - 1);
        life.step();
        assertTrue(installed());
        pass(2);
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.VPN_ROUTES));
    }

    @Test
    void staleLspsGoWhenLdpIsBackAndDoesNotSayThemAgain() {
        reachFar();
        life = new Life();
        life.peer().establish();
        life.peer().says(announced(RED));
        life.kernel(true);
        life.transport.sessionUp(P_NEIGHBOR);
        life.step();
        assertTrue(installed(), "it may still come");
        pass(TransportControl.SETTLE_SECONDS + 1);
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.LIB), "nor are old bindings kept");
    }

    @Test
    void staleLspsGoInTimeWithoutLdp() {
        reachFar();
        life = new Life();
        life.peer().establish();
        life.peer().says(announced(RED));
        life.step();
        pass(TransportControl.STALE_SECONDS_MAX + 1);
        life.step();
        assertFalse(installed());
    }

    @Test
    void whatHappenedWhileNobodyLivedIsMadeUpFor() {
        reachFar();
        attach(7, Lifecycle.WITHDRAWING);
        attach(8, Lifecycle.ACTIVE);
        offer(8);
        life = new Life();
        life.step();
        assertEquals(Optional.empty(), label(7));
        assertEquals(Optional.of(new MplsLabel(1001)), label(8));
        life.peer().establish();
        life.step();
        assertEquals(
                "announce " + OURS + " label 1001 next hop 10.0.0.1", life.peer().told.getFirst());
    }

    @Test
    void aRemovedReflectorIsClosedAndForgotten() throws InterruptedException {
        reachFar();
        FakePeer peer = life.peer();
        life.peers.configure(List.of(), nowNanos);
        life.step();
        assertFalse(installed());
        assertEquals(List.of(), state.scan(Tables.VPN_ROUTES));
        for (int i = 0; i < 1_000 && !peer.told.contains("close PEER_DECONFIGURED"); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals("close PEER_DECONFIGURED", peer.told.getLast());
    }

    @Test
    void aFencedLifeNeitherWritesNorSpeaks() {
        life.peer().establish();
        life.step();
        life.peer().told.clear();
        Life old = life;
        life = new Life();
        attach(8, Lifecycle.ACTIVE);
        offer(8);
        assertThrows(FencedException.class, old::step);
        assertEquals(List.of(), old.peer().told);
    }

    @Test
    void damagedRecordsOfTheLastLifeAreDropped() {
        reachFar();
        var stored = state.scan(Tables.VPN_ROUTES).getFirst();
        var route = stored.value();
        controller.put(
                Tables.VPN_ROUTES,
                stored.key(),
                new VpnRoute(
                        route.nextHop(), route.label(), 1, Bytes.copyOf(new byte[] {1, 2, 3})));
        life = new Life();
        life.step();
        assertEquals(List.of(), state.scan(Tables.VPN_ROUTES));
        assertFalse(installed());
    }

    private void reachFar() {
        life.peer().establish();
        life.peer().says(announced(RED));
        life.ldpUp();
        life.kernel(true);
        life.step();
        assertTrue(installed());
    }

    private void pass(long seconds) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private boolean installed() {
        return state.get(Tables.VRF_ROUTES, FAR_IN_RED).isPresent();
    }

    private Optional<MplsLabel> label(int attachment) {
        return state.get(Tables.LABEL_BINDINGS, attachment).map(each -> each.value().label());
    }

    private SessionStatus session(Protocol protocol, Ipv4Address peer) {
        return state.get(Tables.SESSIONS, new SessionKey("cvm", protocol, peer))
                .orElseThrow()
                .value();
    }

    /// Labels, routes of VRFs and LSPs as they are.
    private List<?> everything() {
        return List.of(
                values(Tables.LABEL_BINDINGS),
                values(Tables.LABELS),
                values(Tables.VRF_ROUTES),
                values(Tables.TRANSPORT_LSPS));
    }

    private <K, V> List<V> values(Table<K, V> table) {
        return state.scan(table).stream().map(Stored::value).toList();
    }

    private static RouteUpdate.Announced announced(RouteTarget target) {
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.IGP)
                        .withLocalPref(100)
                        .withRouteTargets(List.of(target));
        Nlri.VpnIpv4 nlri = new Nlri.VpnIpv4(RouteDistinguisher.parse("65000:201"), FAR);
        return new RouteUpdate.Announced(
                AddressFamily.VPN_IPV4,
                PE2,
                attributes,
                List.of(new Reachable.Labeled(nlri, new MplsLabel(500))));
    }

    private void attach(int number, Lifecycle lifecycle) {
        controller.put(
                Tables.ATTACHMENTS,
                number,
                new Attachment(
                        "red/pe1/" + number,
                        lifecycle,
                        1,
                        100 + number,
                        Ipv4Address.parse("172.16.0.1"),
                        MacAddress.parse("02:00:00:00:00:07"),
                        30,
                        1500,
                        new CustomerRouting.Static(List.of())));
    }

    private void offer(int attachment) {
        controller.put(
                Tables.CUSTOMER_ROUTES,
                new CustomerRouteKey(attachment, NEAR),
                new CustomerRoute(
                        CustomerRoute.Source.STATIC, Ipv4Address.parse("172.16.0.2"), Bytes.EMPTY));
    }

    /// One life of the CVM, put together as `Cvm` does it.
    private final class Life {
        final Inbox inbox = new Inbox();
        final Map<Ipv4Address, FakePeer> fakes = new HashMap<>();
        final Map<Ipv4Address, Integer> solicited = new HashMap<>();
        final VpnControl vpn;
        final TransportControl transport;
        final CorePeers peers;
        final StateFeed feed;

        Life() {
            StateWriter writer = state.as(new Leases(state).claim("cvm", "test"));
            SessionBook sessions = new SessionBook(state.scans(), writer, "cvm", () -> 0);
            VpnRib rib = new VpnRib(FakePeer.AS, SELF);
            AdjRibIn adjRibIn = new AdjRibIn(state.scans(), writer, rib);
            LabelAllocator labels =
                    LabelAllocator.load(
                            state.scans(),
                            writer,
                            state.clock(),
                            new MplsLabel(1000),
                            new MplsLabel(1999));
            vpn = new VpnControl(state.scans(), writer, labels, rib);
            transport =
                    new TransportControl(
                            state.scans(),
                            writer,
                            sessions,
                            CORE_MAC,
                            (neighbor, _) -> solicited.merge(neighbor, 1, Integer::sum),
                            nowNanos);
            feed = state.feed(Tables.VRFS, Tables.ATTACHMENTS, Tables.CUSTOMER_ROUTES);
            feed.poll(vpn);
            vpn.inStep();
            peers =
                    new CorePeers(
                            SELF,
                            inbox,
                            sessions,
                            adjRibIn,
                            rib::exports,
                            (address, listener) -> {
                                FakePeer fake = new FakePeer(address, listener);
                                fakes.put(address, fake);
                                return fake;
                            });
            peers.configure(List.of(RR), nowNanos);
        }

        FakePeer peer() {
            return Optional.ofNullable(fakes.get(RR)).orElseThrow();
        }

        void step() {
            try {
                inbox.drain(0);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            feed.poll(vpn);
            peers.onTime(nowNanos);
            vpn.setReachable(transport.update(vpn.nextHops(), nowNanos));
            vpn.flush(peers);
        }

        void ldpUp() {
            transport.sessionUp(P_NEIGHBOR);
            transport.addressesChanged(P, List.of(P.lsrId(), HOP));
            transport.mappingReceived(P, PE2_FEC, new MplsLabel(16));
            kernel(false);
        }

        void kernel(boolean resolved) {
            transport.onKernel(
                    new KernelTables(
                            Map.of(PE2_FEC, HOP), resolved ? Map.of(HOP, HOP_MAC) : Map.of()));
        }
    }
}
