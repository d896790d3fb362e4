package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.edgeplex.bgp.policy.ExportRules;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttribute.Communities;
import org.edgeplex.bgp.wire.PathAttribute.ExtendedCommunities;
import org.edgeplex.bgp.wire.PathAttribute.Origin;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.pvm.core.CustomerExport.Outcome;
import org.edgeplex.state.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerExportTest {
    private static final long SITE_OF_ORIGIN = 0x0003_0000_0000_0001L;
    private static final long LINK_BANDWIDTH = 0x4004_fde8_0000_0000L;

    @Test
    void staticRoutesStartWithOurAs() {
        assertEquals(
                new Outcome.Announced(
                        PathAttributes.EMPTY
                                .with(Origin.INCOMPLETE)
                                .with(AsPath.sequence(Samples.PE_AS))),
                CustomerExport.of(Bytes.EMPTY, Samples.peer()));
    }

    @Test
    void whatEndsAtTheBorderIsRemovedAndTheRestGoesOn() {
        PathAttributes everything =
                Samples.path(Samples.FAR_AS)
                        .withLocalPref(200)
                        .withMultiExitDisc(50)
                        .with(new PathAttribute.OriginatorId(Ipv4Address.parse("10.0.0.1")))
                        .with(new PathAttribute.ClusterList(List.of(Ipv4Address.parse("10.0.0.9"))))
                        .with(new Communities(List.of(0x00010002)))
                        .with(new ExtendedCommunities(List.of(SITE_OF_ORIGIN, LINK_BANDWIDTH)))
                        .with(new PathAttribute.Unknown(99, true, true, Octets.of((byte) 1)))
                        .with(new PathAttribute.Unknown(98, false, false, Octets.of((byte) 1)));
        PathAttributes targeted =
                everything.withRouteTargets(List.of(RouteTarget.parse("65000:1")));
        assertEquals(
                new Outcome.Announced(
                        PathAttributes.EMPTY
                                .with(Origin.IGP)
                                .with(AsPath.sequence(Samples.PE_AS, Samples.FAR_AS))
                                .with(new Communities(List.of(0x00010002)))
                                .with(new ExtendedCommunities(List.of(SITE_OF_ORIGIN)))
                                .with(
                                        new PathAttribute.Unknown(
                                                99, true, true, Octets.of((byte) 1)))),
                export(targeted));
    }

    @ParameterizedTest
    @CsvSource({
        Communities.NO_EXPORT + ", NO_EXPORT",
        Communities.NO_EXPORT_SUBCONFED + ", NO_EXPORT",
        Communities.NO_ADVERTISE + ", NO_ADVERTISE"
    })
    void wellKnownCommunitiesKeepARouteInside(int community, ExportRules.Reason reason) {
        assertEquals(
                new Outcome.Suppressed(reason),
                export(
                        Samples.path(Samples.FAR_AS)
                                .with(new Communities(List.of(0x00010002, community)))));
    }

    @Test
    void aRouteThatWasInThePeersAsIsNotSentBack() {
        assertEquals(
                new Outcome.Suppressed(ExportRules.Reason.PEER_AS_IN_PATH),
                export(Samples.path(Samples.FAR_AS, Samples.CE_AS)));
    }

    @Test
    void damagedAttributesAreNotAnnounced() {
        assertEquals(
                new Outcome.Damaged(),
                CustomerExport.of(Bytes.wrap(new byte[] {0x40, 1, 9, 0}), Samples.peer()));
    }

    private static Outcome export(PathAttributes attributes) {
        return CustomerExport.of(Bytes.wrap(attributes.encode()), Samples.peer());
    }
}
