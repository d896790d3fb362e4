package org.edgeplex.cvm.vpn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.edgeplex.bgp.policy.ImportRules;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.VpnRouteKey;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VpnRibTest {
    private static final AsNumber AS = new AsNumber(65000);
    private static final AsNumber CUSTOMER_AS = new AsNumber(65101);
    private static final Ipv4Address SELF = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address PE2 = Ipv4Address.parse("10.0.0.2");
    private static final Ipv4Address PE3 = Ipv4Address.parse("10.0.0.3");
    private static final Ipv4Address RR = Ipv4Address.parse("10.0.0.9");
    private static final Ipv4Address CE = Ipv4Address.parse("172.16.0.2");
    private static final Ipv4Prefix NET = Ipv4Prefix.parse("192.168.0.0/16");
    private static final RouteTarget RED = RouteTarget.parse("65000:1");
    private static final RouteTarget BLUE = RouteTarget.parse("65000:2");
    private static final int RED_VRF = 1;
    private static final int BLUE_VRF = 2;

    private final VpnRib rib = new VpnRib(AS, SELF);

    /// What a store and the peers hold if they are told every change.
    private final Map<String, String> routes = new TreeMap<>();

    private final Map<String, Integer> announced = new TreeMap<>();

    @BeforeEach
    void twoVrfs() {
        rib.putVrf(RED_VRF, vrf("65000:101", List.of(RED), List.of(RED)));
        rib.putVrf(BLUE_VRF, vrf("65000:102", List.of(BLUE), List.of(BLUE)));
        rib.setReachable(PE2, true);
        rib.setReachable(PE3, true);
    }

    @Test
    void overlappingPrefixesGoByRouteTarget() {
        remote("65000:201", NET, PE2, 500, igp(RED));
        remote("65000:202", NET, PE2, 501, igp(BLUE));
        assertEquals(
                Map.of(
                        "1 192.168.0.0/16", "10.0.0.2 label 500",
                        "2 192.168.0.0/16", "10.0.0.2 label 501"),
                recompute());
        withdraw("65000:201", NET);
        assertEquals(Map.of("2 192.168.0.0/16", "10.0.0.2 label 501"), recompute());
    }

    @Test
    void routesWithoutAVrfAreKeptForALaterOne() {
        RouteTarget green = RouteTarget.parse("65000:3");
        remote("65000:203", NET, PE2, 503, igp(green));
        assertEquals(Map.of(), recompute());
        rib.putVrf(3, vrf("65000:103", List.of(green, RED), List.of(green)));
        assertEquals(Map.of("3 192.168.0.0/16", "10.0.0.2 label 503"), recompute());
        rib.putVrf(3, vrf("65000:103", List.of(RED), List.of(green)));
        assertEquals(Map.of(), recompute(), "the import targets were changed");
        rib.putVrf(3, vrf("65000:103", List.of(green), List.of(green)));
        recompute();
        rib.removeVrf(3);
        assertEquals(Map.of(), recompute());
    }

    @Test
    void aNextHopWithoutAnLspIsNoWay() {
        remote("65000:201", NET, PE2, 500, igp(RED));
        remote("65000:301", NET, PE3, 600, igp(RED).withLocalPref(50));
        assertEquals(Set.of(PE2, PE3), rib.nextHops());
        assertEquals(Map.of("1 192.168.0.0/16", "10.0.0.2 label 500"), recompute());
        rib.setReachable(PE2, false);
        assertEquals(Map.of("1 192.168.0.0/16", "10.0.0.3 label 600"), recompute());
        rib.setReachable(PE2, true);
        assertEquals(Map.of("1 192.168.0.0/16", "10.0.0.2 label 500"), recompute());
        withdraw("65000:201", NET);
        assertEquals(Set.of(PE3), rib.nextHops());
    }

    @Test
    void saysWhyARouteIsOutOfTheRace() {
        MplsLabel label = new MplsLabel(500);
        assertEquals(Optional.empty(), rib.ineligible(PE2, label, igp(RED)));
        assertEquals(
                Optional.of(new Ineligible.NextHopUnreachable(RR)),
                rib.ineligible(RR, label, igp(RED)));
        assertEquals(
                Optional.of(new Ineligible.NextHopIsSelf()), rib.ineligible(SELF, label, igp(RED)));
        assertEquals(
                Optional.of(new Ineligible.ReservedLabel(MplsLabel.IMPLICIT_NULL)),
                rib.ineligible(PE2, MplsLabel.IMPLICIT_NULL, igp(RED)));
        assertEquals(
                Optional.of(new Ineligible.Loop(ImportRules.Rejection.OWN_ORIGINATOR_ID)),
                rib.ineligible(PE2, label, igp(RED).with(new PathAttribute.OriginatorId(SELF))));
        assertEquals(
                Optional.of(new Ineligible.Loop(ImportRules.Rejection.OWN_AS_IN_PATH)),
                rib.ineligible(PE2, label, igp(RED).with(AsPath.sequence(CUSTOMER_AS, AS))));
    }

    @Test
    void aSitesRouteIsInstalledAndExportedWithTheSitesLabel() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        assertEquals(
                Map.of("1 192.168.0.0/16", "attachment 7 via 172.16.0.2 label 1000"), recompute());
        assertEquals(Map.of("65000:101:192.168.0.0/16", 1000), announced);
        PathAttributes sent = rib.exports().getFirst().attributes();
        assertEquals(List.of(RED), sent.routeTargets());
        assertEquals(PathAttribute.Origin.INCOMPLETE, sent.origin().orElseThrow());
        assertEquals(100, sent.localPref().orElseThrow());
        rib.removeSite(7);
        assertEquals(Map.of(), recompute());
        assertEquals(Map.of(), announced);
    }

    @Test
    void aSiteWithoutALabelTakesNoPart() {
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        assertEquals(Map.of(), recompute());
        assertEquals(Map.of(), announced);
        rib.putSite(7, 99, new MplsLabel(1000));
        assertEquals(Map.of(), recompute(), "nor does one whose VRF is not there yet");
        rib.putVrf(99, vrf("65000:199", List.of(), List.of(BLUE)));
        assertEquals(2, recompute().size(), "its own VRF, and blue, which imports its target");
    }

    @Test
    void aCustomerDoesNotChooseItsRouteTargets() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        long siteOfOrigin = 0x0003_fde8_0000_0005L;
        PathAttributes attributes =
                customer(CUSTOMER_AS)
                        .with(
                                new PathAttribute.ExtendedCommunities(
                                        List.of(BLUE.bits(), siteOfOrigin)));
        offer(7, NET, CustomerRoute.Source.BGP, attributes);
        recompute();
        PathAttributes sent = rib.exports().getFirst().attributes();
        assertEquals(List.of(siteOfOrigin, RED.bits()), sent.extendedCommunities());
        assertEquals(AsPath.sequence(CUSTOMER_AS), sent.asPath());
    }

    @Test
    void aCustomerMayKeepARouteHere() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        PathAttribute noAdvertise =
                new PathAttribute.Communities(List.of(PathAttribute.Communities.NO_ADVERTISE));
        offer(7, NET, CustomerRoute.Source.BGP, customer(CUSTOMER_AS).with(noAdvertise));
        assertEquals(1, recompute().size());
        assertEquals(Map.of(), announced);
        offer(7, NET, CustomerRoute.Source.BGP, customer(CUSTOMER_AS));
        recompute();
        assertEquals(1, announced.size());
        offer(7, NET, CustomerRoute.Source.BGP, customer(CUSTOMER_AS).with(noAdvertise));
        recompute();
        assertEquals(Map.of(), announced, "and change its mind");
    }

    @Test
    void connectedBeforeStaticBeforeBgpWhateverItsPreference() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        rib.putSite(8, RED_VRF, new MplsLabel(1001));
        remote("65000:201", NET, PE2, 500, igp(RED).withLocalPref(900));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        offer(8, NET, CustomerRoute.Source.CONNECTED, PathAttributes.EMPTY);
        assertTrue(recompute().containsValue("attachment 8 via 172.16.0.2 label 1001"));
        rib.removeOffer(8, NET);
        assertTrue(recompute().containsValue("attachment 7 via 172.16.0.2 label 1000"));
        assertEquals(Map.of("65000:101:192.168.0.0/16", 1000), announced);
        rib.removeOffer(7, NET);
        assertTrue(recompute().containsValue("10.0.0.2 label 500"));
        assertEquals(Map.of(), announced, "what others told us is not told them");
    }

    @Test
    void theDecisionProcessChoosesAmongBgpRoutes() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.BGP, customer(CUSTOMER_AS));
        remote("65000:201", NET, PE2, 500, customer(CUSTOMER_AS).withRouteTargets(List.of(RED)));
        assertTrue(
                recompute().containsValue("attachment 7 via 172.16.0.2 label 1000"),
                "external before internal");
        remote(
                "65000:201",
                NET,
                PE2,
                500,
                customer(CUSTOMER_AS).withRouteTargets(List.of(RED)).withLocalPref(200));
        assertTrue(recompute().containsValue("10.0.0.2 label 500"), "higher preference");
        assertEquals(1, announced.size(), "our best one is announced all the same");
        remote("65000:301", NET, PE3, 600, igp(RED).withLocalPref(200));
        assertTrue(recompute().containsValue("10.0.0.3 label 600"), "shorter path");
    }

    @Test
    void equalRoutesAreChosenTheSameWhateverTheOrder() {
        remote("65000:301", NET, PE3, 600, igp(RED));
        remote("65000:201", NET, PE2, 500, igp(RED));
        String first = recompute().get("1 192.168.0.0/16");
        withdraw("65000:301", NET);
        recompute();
        remote("65000:301", NET, PE3, 600, igp(RED));
        assertEquals(first, recompute().get("1 192.168.0.0/16"));
    }

    @Test
    void vrfsOfThisPeShareRoutesByTheirTargets() {
        rib.putVrf(BLUE_VRF, vrf("65000:102", List.of(BLUE, RED), List.of(BLUE)));
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        assertEquals(
                Map.of(
                        "1 192.168.0.0/16", "attachment 7 via 172.16.0.2 label 1000",
                        "2 192.168.0.0/16", "attachment 7 via 172.16.0.2 label 1000"),
                recompute());
        assertEquals(1, announced.size(), "under the distinguisher of its own VRF only");
    }

    @Test
    void aVrfWithoutExportTargetsExportsNothing() {
        rib.putVrf(RED_VRF, vrf("65000:101", List.of(RED), List.of()));
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        assertEquals(1, recompute().size());
        assertEquals(Map.of(), announced);
    }

    @Test
    void nothingNewChangesNothing() {
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        remote("65000:202", NET, PE2, 501, igp(BLUE));
        recompute();
        rib.putSite(7, RED_VRF, new MplsLabel(1000));
        offer(7, NET, CustomerRoute.Source.STATIC, PathAttributes.EMPTY);
        remote("65000:202", NET, PE2, 501, igp(BLUE));
        rib.setReachable(PE2, true);
        twoVrfs();
        assertTrue(rib.recompute().isEmpty());
    }

    @Test
    void theNextLifeWritesOnlyWhatDiffers() {
        VrfRouteKey kept = new VrfRouteKey(RED_VRF, NET);
        VrfRouteKey gone = new VrfRouteKey(BLUE_VRF, NET);
        Bytes attributes = Bytes.wrap(igp(RED).encode());
        rib.loadInstalled(kept, new VrfRoute.Remote(PE2, new MplsLabel(500), attributes));
        rib.loadInstalled(gone, new VrfRoute.Remote(PE2, new MplsLabel(501), attributes));
        remote("65000:201", NET, PE2, 500, igp(RED));
        VpnChanges changes = rib.recompute();
        assertEquals(Map.of(), changes.routesPut());
        assertEquals(List.of(gone), changes.routesRemoved());
    }

    private static Vrf vrf(String rd, List<RouteTarget> imports, List<RouteTarget> exports) {
        return new Vrf("vrf " + rd, RouteDistinguisher.parse(rd), imports, exports);
    }

    private static PathAttributes igp(RouteTarget target) {
        return PathAttributes.originated(PathAttribute.Origin.IGP)
                .withLocalPref(100)
                .withRouteTargets(List.of(target));
    }

    private static PathAttributes customer(AsNumber... path) {
        return PathAttributes.originated(PathAttribute.Origin.IGP).with(AsPath.sequence(path));
    }

    private void offer(
            int attachment, Ipv4Prefix prefix, CustomerRoute.Source source, PathAttributes attrs) {
        Bytes bytes = Bytes.wrap(attrs.encode());
        rib.putOffer(attachment, prefix, new CustomerRoute(source, CE, bytes), attrs);
    }

    private void remote(
            String rd, Ipv4Prefix prefix, Ipv4Address pe, int label, PathAttributes attributes) {
        rib.putRemote(key(rd, prefix), pe, new MplsLabel(label), attributes);
    }

    private void withdraw(String rd, Ipv4Prefix prefix) {
        rib.removeRemote(key(rd, prefix));
    }

    private static VpnRouteKey key(String rd, Ipv4Prefix prefix) {
        return new VpnRouteKey(RR, RouteDistinguisher.parse(rd), prefix);
    }

    /// Returns all routes of all VRFs after the changes.
    private Map<String, String> recompute() {
        VpnChanges changes = rib.recompute();
        changes.routesPut().forEach((key, route) -> routes.put(text(key), text(route)));
        changes.routesRemoved().forEach(key -> routes.remove(text(key)));
        for (Export export : changes.announced()) {
            announced.put(export.nlri().toString(), export.label().value());
        }
        for (Nlri gone : changes.withdrawn()) {
            announced.remove(gone.toString());
        }
        return routes;
    }

    private static String text(VrfRouteKey key) {
        return key.vrfNumber() + " " + key.prefix();
    }

    private static String text(VrfRoute route) {
        return switch (route) {
            case VrfRoute.Remote(var pe, var label, _) -> pe + " label " + label;
            case VrfRoute.Local(var attachment, var label, var nextHop, _) ->
                    "attachment " + attachment + " via " + nextHop + " label " + label;
        };
    }
}
