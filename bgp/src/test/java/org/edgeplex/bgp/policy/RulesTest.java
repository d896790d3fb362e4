package org.edgeplex.bgp.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.edgeplex.bgp.policy.ExportRules.From;
import org.edgeplex.bgp.policy.ImportRules.Rejection;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.api.Test;

final class RulesTest {
    private static final AsNumber US = new AsNumber(65000);
    private static final AsNumber CUSTOMER = new AsNumber(65010);
    private static final AsNumber OTHER = new AsNumber(65020);
    private static final Ipv4Address SELF = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address THIRD = Ipv4Address.parse("10.0.0.3");
    private static final ExportRules EXTERNAL = new ExportRules(US, CUSTOMER, SELF, false);
    private static final ExportRules OVERRIDING = new ExportRules(US, CUSTOMER, SELF, true);
    private static final ExportRules INTERNAL = new ExportRules(US, US, SELF, false);
    private static final ImportRules IMPORT = ImportRules.of(US, SELF);

    private static PathAttributes route(AsNumber... path) {
        return PathAttributes.originated(PathAttribute.Origin.IGP).with(AsPath.sequence(path));
    }

    private static ExportRules.Verdict.Advertise advertised(ExportRules.Verdict verdict) {
        return assertInstanceOf(ExportRules.Verdict.Advertise.class, verdict);
    }

    private static void suppressed(ExportRules.Reason reason, ExportRules.Verdict verdict) {
        assertEquals(new ExportRules.Verdict.Suppress(reason), verdict);
    }

    @Test
    void outsideGetsOurAsOurNextHopAndNothingInternal() {
        PathAttributes inside =
                route(OTHER)
                        .withLocalPref(200)
                        .withMultiExitDisc(5)
                        .with(new PathAttribute.OriginatorId(THIRD))
                        .with(new PathAttribute.ClusterList(List.of(THIRD)))
                        .with(new PathAttribute.Unknown(98, false, false, Octets.EMPTY))
                        .with(new PathAttribute.Unknown(99, true, false, Octets.EMPTY));
        var outside = advertised(EXTERNAL.export(From.INTERNAL_PEER, THIRD, inside));
        assertEquals(SELF, outside.nextHop());
        assertEquals(
                route(US, OTHER).with(new PathAttribute.Unknown(99, true, true, Octets.EMPTY)),
                outside.attributes());
    }

    @Test
    void ourOwnMedGoesOutside() {
        var outside = advertised(EXTERNAL.export(From.LOCAL, SELF, route().withMultiExitDisc(5)));
        assertEquals(OptionalLong.of(5), outside.attributes().multiExitDisc());
    }

    @Test
    void aSecondSiteOfACustomerNeedsAsOverride() {
        PathAttributes fromOtherSite = route(CUSTOMER, OTHER);
        suppressed(
                ExportRules.Reason.PEER_AS_IN_PATH,
                EXTERNAL.export(From.LOCAL, THIRD, fromOtherSite));
        var overridden = advertised(OVERRIDING.export(From.LOCAL, THIRD, fromOtherSite));
        assertEquals(AsPath.sequence(US, US, OTHER), overridden.attributes().asPath());
    }

    @Test
    void internalPeersGetLocalPrefAndNoReflection() {
        var local = advertised(INTERNAL.export(From.LOCAL, THIRD, PathAttributes.EMPTY));
        assertEquals(SELF, local.nextHop());
        assertEquals(
                PathAttributes.originated(PathAttribute.Origin.INCOMPLETE).withLocalPref(100),
                local.attributes());
        var external = advertised(INTERNAL.export(From.EXTERNAL_PEER, THIRD, route(CUSTOMER)));
        assertEquals(THIRD, external.nextHop());
        assertEquals(AsPath.sequence(CUSTOMER), external.attributes().asPath());
        suppressed(
                ExportRules.Reason.SPLIT_HORIZON,
                INTERNAL.export(From.INTERNAL_PEER, THIRD, route(CUSTOMER)));
    }

    @Test
    void wellKnownCommunitiesAreObeyed() {
        PathAttributes noExport =
                route(OTHER)
                        .with(
                                new PathAttribute.Communities(
                                        List.of(PathAttribute.Communities.NO_EXPORT)));
        suppressed(ExportRules.Reason.NO_EXPORT, EXTERNAL.export(From.LOCAL, SELF, noExport));
        advertised(INTERNAL.export(From.LOCAL, SELF, noExport));
        PathAttributes noAdvertise =
                route(OTHER)
                        .with(
                                new PathAttribute.Communities(
                                        List.of(PathAttribute.Communities.NO_ADVERTISE)));
        suppressed(ExportRules.Reason.NO_ADVERTISE, INTERNAL.export(From.LOCAL, SELF, noAdvertise));
    }

    @Test
    void loopsAreFoundOnImport() {
        assertEquals(
                Optional.of(Rejection.OWN_AS_IN_PATH),
                IMPORT.reject(route(CUSTOMER, US), PeerType.EXTERNAL, CUSTOMER));
        assertEquals(
                Optional.empty(),
                new ImportRules(US, SELF, SELF, 1)
                        .reject(route(CUSTOMER, US), PeerType.EXTERNAL, CUSTOMER));
        assertEquals(
                Optional.of(Rejection.OWN_ORIGINATOR_ID),
                IMPORT.reject(
                        route().with(new PathAttribute.OriginatorId(SELF)), PeerType.INTERNAL, US));
        assertEquals(
                Optional.of(Rejection.OWN_CLUSTER_ID),
                IMPORT.reject(
                        route().with(new PathAttribute.ClusterList(List.of(THIRD, SELF))),
                        PeerType.INTERNAL,
                        US));
    }

    @Test
    void anExternalPeerStandsFirstInItsPaths() {
        assertEquals(
                Optional.of(Rejection.FIRST_AS_NOT_PEER),
                IMPORT.reject(route(OTHER), PeerType.EXTERNAL, CUSTOMER));
        assertEquals(
                Optional.empty(),
                IMPORT.reject(route(CUSTOMER, OTHER), PeerType.EXTERNAL, CUSTOMER));
        assertEquals(Optional.empty(), IMPORT.reject(route(OTHER), PeerType.INTERNAL, US));
    }
}
