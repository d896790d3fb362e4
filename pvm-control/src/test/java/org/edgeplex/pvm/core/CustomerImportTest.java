package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.edgeplex.bgp.wire.PathAttribute.Communities;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.pvm.core.CustomerImport.Verdict;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerImportTest {
    private final CustomerImport policy =
            new CustomerImport(Samples.attachment(Samples.bgp(100)), Samples.bgp(100));

    @Test
    void storesTheAttributesInTheirCanonicalForm() {
        PathAttributes attributes =
                Samples.path(Samples.CE_AS).with(new Communities(List.of(0x00010002)));
        assertEquals(
                List.of(
                        new Verdict.Accepted(
                                Ipv4Prefix.parse("10.1.0.0/16"),
                                new CustomerRoute(
                                        CustomerRoute.Source.BGP,
                                        Samples.CE,
                                        Bytes.wrap(attributes.encode())))),
                policy.judge(Samples.announced(attributes, "10.1.0.0/16")));
    }

    @Test
    void theCustomerCannotChooseRouteTargets() {
        PathAttributes plain = Samples.path(Samples.CE_AS);
        PathAttributes targeted = plain.withRouteTargets(List.of(RouteTarget.parse("65000:1")));
        assertEquals(
                policy.judge(Samples.announced(plain, "10.1.0.0/16")),
                policy.judge(Samples.announced(targeted, "10.1.0.0/16")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "126.0.0.0/7"})
    void acceptsDefaultsAndOtherShortPrefixes(String prefix) {
        assertInstanceOf(
                Verdict.Accepted.class, policy.judge(Samples.announced(prefix)).getFirst());
    }

    @Test
    void aMartianSpoilsOnlyItself() {
        List<Verdict> verdicts =
                policy.judge(Samples.announced("127.0.0.0/8", "10.1.0.0/16", "192.0.2.1/32"));
        assertEquals(
                new Verdict.Rejected(Ipv4Prefix.parse("127.0.0.0/8"), Reject.MARTIAN),
                verdicts.get(0));
        assertInstanceOf(Verdict.Accepted.class, verdicts.get(1));
        assertEquals(
                new Verdict.Rejected(Ipv4Prefix.parse("192.0.2.1/32"), Reject.PE_ADDRESS),
                verdicts.get(2));
    }

    @Test
    void refusesPathsThroughOurOwnAs() {
        assertEquals(Reject.LOOP, reason(Samples.path(Samples.CE_AS, Samples.PE_AS), Samples.CE));
    }

    @Test
    void refusesPathsThatDoNotBeginWithThePeer() {
        assertEquals(Reject.FIRST_AS, reason(Samples.path(Samples.FAR_AS), Samples.CE));
        assertEquals(Reject.FIRST_AS, reason(Samples.path(), Samples.CE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "192.0.3.2", "127.0.0.1"})
    void refusesNextHopsThatAreNoNeighbours(String nextHop) {
        assertEquals(
                Reject.NEXT_HOP, reason(Samples.path(Samples.CE_AS), Ipv4Address.parse(nextHop)));
    }

    private Reject reason(PathAttributes attributes, Ipv4Address nextHop) {
        RouteUpdate.Announced sample = Samples.announced(attributes, "10.1.0.0/16");
        Verdict verdict =
                policy.judge(
                                new RouteUpdate.Announced(
                                        sample.family(), nextHop, attributes, sample.routes()))
                        .getFirst();
        return assertInstanceOf(Verdict.Rejected.class, verdict).reason();
    }
}
