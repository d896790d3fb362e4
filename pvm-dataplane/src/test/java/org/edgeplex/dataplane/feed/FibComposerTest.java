package org.edgeplex.dataplane.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FibComposerTest {
    private static final int ATTACHMENT = 7;
    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:aa");
    private static final MacAddress P_MAC = MacAddress.parse("02:00:00:00:00:bb");
    private static final Ipv4Address PE2 = Ipv4Address.parse("192.0.2.2");
    private static final Ipv4Address PE3 = Ipv4Address.parse("192.0.2.3");
    private static final Ipv4Prefix LINK = Ipv4Prefix.parse("10.1.0.0/24");
    private static final Ipv4Prefix SITE_2 = Ipv4Prefix.parse("10.2.0.0/24");
    private static final Ipv4Prefix SITE_3 = Ipv4Prefix.parse("10.3.0.0/24");
    private static final MplsLabel LABEL = new MplsLabel(2002);

    private final Tables tables = new Tables();
    private final FibComposer composer = new FibComposer(ATTACHMENT, access("10.1.0.1"), tables);

    /// What the forwarder's tables would be.
    private static final class Tables implements Consumer<ForwardingUpdate> {
        final Map<Integer, Adjacency> adjacencies = new HashMap<>();
        final Map<Ipv4Prefix, Integer> routes = new HashMap<>();
        final List<MplsLabel> labels = new ArrayList<>();
        int updates;

        @Override
        public void accept(ForwardingUpdate update) {
            updates++;
            switch (update) {
                case ForwardingUpdate.PutAdjacency put ->
                        adjacencies.put(put.index(), put.adjacency());
                case ForwardingUpdate.PutRoute put -> {
                    assertEquals(true, adjacencies.containsKey(put.adjacency()), "no adjacency");
                    routes.put(put.prefix(), put.adjacency());
                }
                case ForwardingUpdate.RemoveRoute remove -> routes.remove(remove.prefix());
                case ForwardingUpdate.BindVpnLabel bind -> labels.add(bind.label());
                case ForwardingUpdate.UnbindLabel unbind -> labels.remove(unbind.label());
                case ForwardingUpdate.SetAccess _ -> {}
                case ForwardingUpdate.BindTransportLabel _,
                        ForwardingUpdate.BindSwitchedLabel _,
                        ForwardingUpdate.PutGroup _,
                        ForwardingUpdate.PutIpv6Route _,
                        ForwardingUpdate.RemoveIpv6Route _,
                        ForwardingUpdate.OfConditions _,
                        ForwardingUpdate.PutIpv6Neighbour _,
                        ForwardingUpdate.RemoveIpv6Neighbour _,
                        ForwardingUpdate.PutNeighbour _,
                        ForwardingUpdate.RemoveNeighbour _ ->
                        throw new AssertionError("not from these records: " + update);
            }
        }

        Map<Ipv4Prefix, Adjacency> fib() {
            Map<Ipv4Prefix, Adjacency> fib = new HashMap<>();
            routes.forEach((prefix, index) -> fib.put(prefix, adjacencies.get(index)));
            return fib;
        }
    }

    private static Access access(String gateway) {
        return Access.of(
                101,
                Ipv4Address.parse(gateway),
                24,
                new MacAddress(0x020000000701L),
                CORE_MAC,
                1500);
    }

    private static VrfRoute remote(Ipv4Address loopback) {
        return new VrfRoute.Remote(loopback, LABEL, Bytes.EMPTY);
    }

    private static VrfRoute local(int attachment, String nextHop) {
        return new VrfRoute.Local(
                attachment, new MplsLabel(1008), Ipv4Address.parse(nextHop), Bytes.EMPTY);
    }

    private static TransportLsp lsp(Integer... labels) {
        return new TransportLsp(
                Ipv4Address.parse("10.0.0.2"),
                P_MAC,
                CORE_MAC,
                List.of(labels).stream().map(MplsLabel::new).toList());
    }

    @Test
    void beginsWithTheConnectedSubnet() {
        assertEquals(Map.of(LINK, new Adjacency.Connected()), tables.fib());
    }

    @Test
    void aRemoteRouteWaitsForItsLsp() {
        composer.routePresent(SITE_2, remote(PE2));
        assertEquals(new Adjacency.Unreachable(), tables.fib().get(SITE_2));
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(300));
        Adjacency expected = Adjacency.Labelled.of(P_MAC, CORE_MAC, new MplsLabel(300), LABEL);
        assertEquals(expected, tables.fib().get(SITE_2));
        composer.lspAbsent(Ipv4Prefix.host(PE2));
        assertEquals(new Adjacency.Unreachable(), tables.fib().get(SITE_2));
    }

    @Test
    void implicitNullLeavesTheVpnLabelAlone() {
        composer.routePresent(SITE_2, remote(PE2));
        Adjacency expected = Adjacency.Labelled.of(P_MAC, CORE_MAC, LABEL);
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp());
        assertEquals(expected, tables.fib().get(SITE_2));
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(3));
        assertEquals(expected, tables.fib().get(SITE_2));
    }

    @Test
    void anLspOfTwoLabelsIsPushedAboveTheVpnLabel() {
        composer.routePresent(SITE_2, remote(PE2));
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(300, 301));
        assertEquals(
                Adjacency.Labelled.of(
                        P_MAC, CORE_MAC, new MplsLabel(300), new MplsLabel(301), LABEL),
                tables.fib().get(SITE_2));
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(300, 301, 302));
        assertEquals(new Adjacency.Unreachable(), tables.fib().get(SITE_2));
    }

    @Test
    void explicitNullIsPushed() {
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(0));
        composer.routePresent(SITE_2, remote(PE2));
        assertEquals(
                Adjacency.Labelled.of(P_MAC, CORE_MAC, MplsLabel.IPV4_EXPLICIT_NULL, LABEL),
                tables.fib().get(SITE_2));
    }

    @Test
    void anLspChangesOneAdjacencyAndNoRoute() {
        for (int site = 0; site < 100; site++) {
            composer.routePresent(
                    Ipv4Prefix.containing(new Ipv4Address(site << 8), 24), remote(PE2));
        }
        int before = tables.updates;
        composer.lspPresent(Ipv4Prefix.host(PE2), lsp(300));
        assertEquals(1, tables.updates - before);
    }

    @Test
    void localRoutesGoToTheCeOrNextDoor() {
        composer.routePresent(SITE_2, local(ATTACHMENT, "10.1.0.2"));
        composer.routePresent(SITE_3, local(8, "10.9.0.2"));
        Map<Ipv4Prefix, Adjacency> fib = tables.fib();
        assertEquals(new Adjacency.Via(Ipv4Address.parse("10.1.0.2")), fib.get(SITE_2));
        assertEquals(
                Adjacency.Labelled.of(CORE_MAC, CORE_MAC, new MplsLabel(1008)), fib.get(SITE_3));
    }

    @Test
    void nothingTakesTheConnectedSubnet() {
        composer.routePresent(LINK, remote(PE2));
        composer.routePresent(LINK, local(ATTACHMENT, "10.1.0.1"));
        assertEquals(new Adjacency.Connected(), tables.fib().get(LINK));
        composer.routeAbsent(LINK);
        assertEquals(new Adjacency.Connected(), tables.fib().get(LINK));
    }

    @Test
    void aRenumberedLinkMovesTheConnectedRoute() {
        composer.routePresent(LINK, remote(PE2));
        composer.accessPresent(access("10.8.0.1"));
        assertEquals(
                Map.of(
                        LINK,
                        new Adjacency.Unreachable(),
                        Ipv4Prefix.parse("10.8.0.0/24"),
                        new Adjacency.Connected()),
                tables.fib());
    }

    @Test
    void theLabelIsBoundOnceAndMoves() {
        composer.labelPresent(new MplsLabel(1001));
        composer.labelPresent(new MplsLabel(1001));
        assertEquals(List.of(new MplsLabel(1001)), tables.labels);
        composer.labelPresent(new MplsLabel(1002));
        assertEquals(List.of(new MplsLabel(1002)), tables.labels);
        composer.labelAbsent();
        assertEquals(List.of(), tables.labels);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyOrderEndsInTheSameTables(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Ipv4Prefix, VrfRoute> routes = new HashMap<>();
        Map<Ipv4Prefix, TransportLsp> lsps = new HashMap<>();
        for (int step = 0; step < 2000; step++) {
            Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(random.nextInt(20) << 8), 24);
            Ipv4Prefix fec = Ipv4Prefix.host(random.nextBoolean() ? PE2 : PE3);
            switch (random.nextInt(6)) {
                case 0 -> put(routes, prefix, remote(random.nextBoolean() ? PE2 : PE3));
                case 1 -> put(routes, prefix, local(random.nextInt(6, 9), "10.1.0.2"));
                case 2, 3 -> {
                    routes.remove(prefix);
                    composer.routeAbsent(prefix);
                }
                case 4 -> {
                    TransportLsp lsp = lsp(random.nextInt(16, 20));
                    lsps.put(fec, lsp);
                    composer.lspPresent(fec, lsp);
                }
                default -> {
                    lsps.remove(fec);
                    composer.lspAbsent(fec);
                }
            }
        }
        Tables fresh = new Tables();
        FibComposer again = new FibComposer(ATTACHMENT, access("10.1.0.1"), fresh);
        lsps.forEach(again::lspPresent);
        routes.forEach(again::routePresent);
        assertEquals(fresh.fib(), tables.fib());
        assertEquals(fresh.routes.size(), composer.routeCount());
    }

    private void put(Map<Ipv4Prefix, VrfRoute> routes, Ipv4Prefix prefix, VrfRoute route) {
        routes.put(prefix, route);
        composer.routePresent(prefix, route);
    }
}
