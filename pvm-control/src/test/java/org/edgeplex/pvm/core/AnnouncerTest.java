package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.ControlEvent.VrfRouteChange;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final PathAttributes FAR = Samples.path(Samples.FAR_AS);

    private final Announcer announcer = new Announcer(Samples.NUMBER);

    @BeforeEach
    void useVrf() {
        assertTrue(announcer.useVrf(Samples.VRF));
    }

    @Test
    void announcesEverythingThenEndOfRib() {
        change("10.1.0.0/16", Samples.remote(FAR));
        change("10.2.0.0/16", Samples.remote(FAR));
        change("10.3.0.0/16", Samples.local(8));
        change("10.9.0.0/16", Samples.local(Samples.NUMBER));
        List<String> said = said(announcer.established(Samples.peer()));
        assertEquals("end", said.getLast());
        assertEquals(
                List.of(
                        "+10.1.0.0/16 65000 65002",
                        "+10.2.0.0/16 65000 65002",
                        "+10.3.0.0/16 65000",
                        "end"),
                said.stream().sorted().toList());
        assertEquals(3, announcer.sentCount());
    }

    @Test
    void routesWithEqualAttributesShareAnUpdate() {
        change("10.1.0.0/16", Samples.remote(FAR));
        change("10.2.0.0/16", Samples.remote(FAR));
        assertEquals(2, announcer.established(Samples.peer()).size());
    }

    @Test
    void saysNothingWithoutASession() {
        change("10.1.0.0/16", Samples.remote(FAR));
        assertEquals(List.of(), announcer.drain());
    }

    @Test
    void announcesAndWithdrawsChanges() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(FAR));
        assertEquals(List.of("+10.1.0.0/16 65000 65002"), said(announcer.drain()));
        remove("10.1.0.0/16");
        assertEquals(List.of("-10.1.0.0/16"), said(announcer.drain()));
    }

    @Test
    void withdrawsWhatOwnAttachmentTookOver() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(FAR));
        announcer.drain();
        change("10.1.0.0/16", Samples.local(Samples.NUMBER));
        assertEquals(List.of("-10.1.0.0/16"), said(announcer.drain()));
    }

    @Test
    void withdrawsWhatMayNoLongerBeExported() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(FAR));
        announcer.drain();
        change("10.1.0.0/16", Samples.remote(Samples.path(Samples.CE_AS)));
        assertEquals(List.of("-10.1.0.0/16"), said(announcer.drain()));
        assertEquals(0, announcer.sentCount());
    }

    @Test
    void neverWithdrawsWhatWasNeverAnnounced() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(Samples.path(Samples.CE_AS)));
        announcer.drain();
        remove("10.1.0.0/16");
        assertEquals(List.of(), announcer.drain());
    }

    @Test
    void aNewLabelIsNoNewsForTheCustomer() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(Samples.path()));
        announcer.drain();
        change("10.1.0.0/16", Samples.remote(Samples.path()));
        assertEquals(List.of(), announcer.drain());
    }

    @Test
    void refreshRepeatsEverything() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(FAR));
        announcer.drain();
        assertEquals(List.of("+10.1.0.0/16 65000 65002", "end"), said(announcer.refresh()));
    }

    @Test
    void movesToAnotherVrfWithoutANewSession() {
        announcer.established(Samples.peer());
        change("10.1.0.0/16", Samples.remote(FAR));
        change("10.2.0.0/16", Samples.remote(FAR));
        announcer.drain();
        assertTrue(announcer.useVrf(4));
        announcer.load(
                List.of(
                        new VrfRouteChange.Present(
                                new VrfRouteKey(4, Ipv4Prefix.parse("10.2.0.0/16")),
                                Samples.remote(FAR)),
                        new VrfRouteChange.Present(
                                new VrfRouteKey(4, Ipv4Prefix.parse("10.3.0.0/16")),
                                Samples.remote(FAR))));
        assertEquals(List.of("-10.1.0.0/16", "+10.3.0.0/16 65000 65002"), said(announcer.drain()));
        assertFalse(announcer.useVrf(4));
    }

    @Test
    void routesOfOtherVrfsAreNotSeen() {
        announcer.established(Samples.peer());
        announcer.change(
                new VrfRouteChange.Present(
                        new VrfRouteKey(4, Ipv4Prefix.parse("10.2.0.0/16")), Samples.remote(FAR)));
        assertEquals(List.of(), announcer.drain());
    }

    private void change(String prefix, VrfRoute route) {
        announcer.change(new VrfRouteChange.Present(key(prefix), route));
    }

    private void remove(String prefix) {
        announcer.change(new VrfRouteChange.Absent(key(prefix)));
    }

    private static VrfRouteKey key(String prefix) {
        return new VrfRouteKey(Samples.VRF, Ipv4Prefix.parse(prefix));
    }

    /// What the CE would be told, in order.
    static List<String> said(List<Action> actions) {
        List<String> said = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Send(RouteUpdate.Announced announced)) {
                assertEquals(Samples.GATEWAY, announced.nextHop());
                for (Reachable route : announced.routes()) {
                    said.add("+" + route + " " + announced.attributes().asPath());
                }
            } else if (action instanceof Action.Send(RouteUpdate.Withdrawn withdrawn)) {
                withdrawn.routes().forEach(route -> said.add("-" + route));
            } else if (action instanceof Action.SendEndOfRib(AddressFamily family)) {
                assertEquals(AddressFamily.IPV4_UNICAST, family);
                said.add("end");
            }
        }
        return said;
    }
}
