package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.ControlEvent.VrfRouteChange;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.Test;

/// Lives of one attachment, with a store that is a map and a clock that is a number.
class ControlCoreTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String LINK = "192.0.2.0/24";

    private final TreeMap<Ipv4Prefix, CustomerRoute> store = new TreeMap<>();
    private final List<Action> network = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND; // the clock may wrap
    private ControlCore core = newLife();

    @Test
    void publishesConnectedAndStaticRoutes() {
        attach(Samples.routes("10.1.0.0/16"));
        assertStored("10.1.0.0/16", LINK);
    }

    @Test
    void editingStaticRoutesTouchesOnlyTheDifference() {
        attach(Samples.routes("10.1.0.0/16", "10.2.0.0/16"));
        List<Action> actions =
                act(present(Samples.attachment(Samples.routes("10.2.0.0/16", "10.3.0.0/16"))));
        assertEquals(
                List.of("-10.1.0.0/16", "+10.3.0.0/16"),
                writes(actions).stream().sorted(ControlCoreTest::byPrefix).toList());
    }

    @Test
    void theSameAttachmentAgainIsNoNews() {
        attach(Samples.bgp(10));
        assertEquals(List.of(), act(present(Samples.attachment(Samples.bgp(10)))));
    }

    @Test
    void theSessionWaitsForTheLink() {
        act(present(Samples.attachment(Samples.bgp(10))));
        assertEquals(List.of(), opened());
        act(new ControlEvent.LinkReady(Ipv4Address.parse("192.0.2.9")));
        assertEquals(List.of(), opened());
        act(new ControlEvent.LinkReady(Samples.GATEWAY));
        assertEquals(List.of(1L), opened());
    }

    @Test
    void learnsAndForgetsRoutes() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16", "10.2.0.0/16"));
        assertStored("10.1.0.0/16", "10.2.0.0/16", LINK);
        update(Samples.withdrawn("10.1.0.0/16"));
        assertStored("10.2.0.0/16", LINK);
    }

    @Test
    void theStoreComesBeforeTheNetwork() {
        attachAndEstablish();
        List<Action> actions =
                act(new ControlEvent.Updates(1, List.of(Samples.announced("10.1.0.0/16"))));
        assertTrue(actions.getFirst() instanceof Action.PutRoute, actions.toString());
    }

    @Test
    void anAnnouncedLinkPrefixStaysConnected() {
        attachAndEstablish();
        update(Samples.announced(LINK));
        assertEquals(
                Optional.of(CustomerRoute.Source.CONNECTED),
                Optional.ofNullable(store.get(Ipv4Prefix.parse(LINK))).map(CustomerRoute::source));
    }

    @Test
    void aRejectedAnnouncementReplacesTheAcceptedOne() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        update(Samples.announced(Samples.path(Samples.CE_AS, Samples.PE_AS), "10.1.0.0/16"));
        assertStored(LINK);
        assertEquals(1, core.rejects().of(Reject.LOOP));
    }

    @Test
    void aLostSessionTakesItsRoutesAlong() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        act(new ControlEvent.Down(1));
        assertStored(LINK);
    }

    @Test
    void aNewLifeKeepsTheRoutesUntilEndOfRib() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16", "10.2.0.0/16"));
        core = newLife();
        attachAndEstablish();
        assertStored("10.1.0.0/16", "10.2.0.0/16", LINK);
        List<Action> actions =
                act(new ControlEvent.Updates(1, List.of(Samples.announced("10.2.0.0/16"))));
        assertEquals(List.of(), writes(actions));
        act(new ControlEvent.EndOfRib(1, AddressFamily.IPV4_UNICAST));
        assertStored("10.2.0.0/16", LINK);
    }

    @Test
    void aQuietPeerHasSaidEverything() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16", "10.2.0.0/16"));
        core = newLife();
        attachAndEstablish();
        nowNanos += 9 * SECOND;
        update(Samples.announced("10.2.0.0/16"));
        nowNanos += 9 * SECOND;
        act(new ControlEvent.Tick());
        assertStored("10.1.0.0/16", "10.2.0.0/16", LINK);
        nowNanos += 2 * SECOND;
        act(new ControlEvent.Tick());
        assertStored("10.2.0.0/16", LINK);
    }

    @Test
    void aPeerThatNeverComesBackIsGivenUp() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        core = newLife();
        act(present(Samples.attachment(Samples.bgp(10))));
        nowNanos += 119 * SECOND;
        act(new ControlEvent.Tick());
        assertStored("10.1.0.0/16", LINK);
        nowNanos += 2 * SECOND;
        act(new ControlEvent.Tick());
        assertStored(LINK);
    }

    @Test
    void tooManyPrefixesCloseTheSessionAndNoneIsStored() {
        attachAndEstablish();
        update(
                Samples.announced(
                        "10.0.0.0/16",
                        "10.1.0.0/16",
                        "10.2.0.0/16",
                        "10.3.0.0/16",
                        "10.4.0.0/16",
                        "10.5.0.0/16",
                        "10.6.0.0/16",
                        "10.7.0.0/16",
                        "10.8.0.0/16",
                        "10.9.0.0/16"));
        assertEquals(11, store.size());
        List<Action> actions =
                act(new ControlEvent.Updates(1, List.of(Samples.announced("10.10.0.0/16"))));
        assertTrue(
                actions.contains(new Action.CloseSession(1, Cease.MAXIMUM_PREFIXES_REACHED)),
                actions.toString());
        assertStored(LINK);
        act(new ControlEvent.Closed(1));
        assertEquals(Optional.of(IdleReason.PREFIX_LIMIT), core.idleReason());
        nowNanos += 299 * SECOND;
        assertEquals(List.of(), act(new ControlEvent.Tick()));
        nowNanos += 2 * SECOND;
        act(new ControlEvent.Tick());
        assertEquals(List.of(1L, 2L), opened());
    }

    @Test
    void aRaisedLimitEndsTheRestAtOnce() {
        attachAndEstablish(0);
        update(Samples.announced("10.0.0.0/16"));
        act(new ControlEvent.Closed(1));
        act(present(Samples.attachment(Samples.bgp(1))));
        assertEquals(List.of(1L, 2L), opened());
    }

    @Test
    void aLoweredLimitHoldsAtOnce() {
        attachAndEstablish();
        update(Samples.announced("10.0.0.0/16", "10.1.0.0/16"));
        List<Action> actions = act(present(Samples.attachment(Samples.bgp(1))));
        assertTrue(
                actions.contains(new Action.CloseSession(1, Cease.MAXIMUM_PREFIXES_REACHED)),
                actions.toString());
        assertStored(LINK);
    }

    @Test
    void aNewHoldTimeKeepsTheRoutesAndWaitsForTheOldSessionToClose() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        var changed = new CustomerRouting.Bgp(Samples.PE_AS, Samples.CE_AS, Samples.CE, 30, 10);
        List<Action> actions = act(present(Samples.attachment(changed)));
        assertTrue(
                actions.contains(new Action.CloseSession(1, Cease.OTHER_CONFIGURATION_CHANGE)),
                actions.toString());
        act(new ControlEvent.Down(1));
        assertEquals(List.of(1L), opened());
        act(new ControlEvent.Closed(1));
        assertEquals(List.of(1L, 2L), opened());
        assertStored("10.1.0.0/16", LINK);
    }

    @Test
    void anotherPeerInheritsNothing() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        var changed = new CustomerRouting.Bgp(Samples.PE_AS, Samples.FAR_AS, Samples.CE, 90, 10);
        act(present(Samples.attachment(changed)));
        assertStored(LINK);
    }

    @Test
    void anEndedSessionIsNotHeard() {
        attachAndEstablish();
        act(present(Samples.attachment(Samples.routes("10.9.0.0/16"))));
        act(new ControlEvent.Updates(1, List.of(Samples.announced("10.1.0.0/16"))));
        act(new ControlEvent.Established(1));
        assertStored("10.9.0.0/16", LINK);
    }

    @Test
    void withdrawingRemovesEverythingAndClosesTheSession() {
        attachAndEstablish();
        update(Samples.announced("10.1.0.0/16"));
        List<Action> actions =
                act(
                        present(
                                Samples.attachment(
                                        Samples.bgp(10), Lifecycle.WITHDRAWING, Samples.VRF)));
        assertTrue(actions.contains(new Action.CloseSession(1, Cease.PEER_DECONFIGURED)));
        assertTrue(actions.contains(new Action.RetainSessionRecords(List.of())));
        assertStored();
        act(new ControlEvent.Closed(1));
        nowNanos += 1000 * SECOND;
        assertEquals(List.of(), act(new ControlEvent.Tick()));
    }

    @Test
    void aRecordThatVanishedCountsAsWithdrawn() {
        attach(Samples.routes("10.1.0.0/16"));
        act(new ControlEvent.AttachmentAbsent());
        assertStored();
    }

    @Test
    void aSessionThatCannotBeOpenedIsTriedAgain() {
        attach(Samples.bgp(10));
        act(new ControlEvent.Closed(1));
        assertEquals(List.of(1L), opened());
        nowNanos += 6 * SECOND;
        act(new ControlEvent.Tick());
        assertEquals(List.of(1L, 2L), opened());
    }

    @Test
    void announcesTheVrfToTheCustomer() {
        attach(Samples.bgp(10));
        act(
                new ControlEvent.VrfRoutesChanged(
                        List.of(
                                new VrfRouteChange.Present(
                                        new VrfRouteKey(
                                                Samples.VRF, Ipv4Prefix.parse("10.8.0.0/16")),
                                        Samples.remote(Samples.path(Samples.FAR_AS))))));
        assertEquals(
                List.of("+10.8.0.0/16 65000 65002", "end"),
                AnnouncerTest.said(act(new ControlEvent.Established(1))));
        assertEquals(
                List.of("+10.8.0.0/16 65000 65002", "end"),
                AnnouncerTest.said(
                        act(new ControlEvent.RefreshRequested(1, AddressFamily.IPV4_UNICAST))));
    }

    private ControlCore newLife() {
        network.clear();
        return new ControlCore(Samples.NUMBER, Map.copyOf(store), ControlLimits.DEFAULT, nowNanos);
    }

    private void attach(CustomerRouting routing) {
        act(present(Samples.attachment(routing)));
        act(new ControlEvent.LinkReady(Samples.GATEWAY));
    }

    private void attachAndEstablish() {
        attachAndEstablish(10);
    }

    private void attachAndEstablish(int prefixesMax) {
        attach(Samples.bgp(prefixesMax));
        assertEquals(List.of(1L), opened());
        act(new ControlEvent.Established(1));
    }

    private void update(RouteUpdate change) {
        act(new ControlEvent.Updates(1, List.of(change)));
    }

    private static ControlEvent present(Attachment attachment) {
        return new ControlEvent.AttachmentPresent(attachment);
    }

    private List<Action> act(ControlEvent event) {
        List<Action> actions = core.step(event, nowNanos);
        for (Action action : actions) {
            if (action instanceof Action.PutRoute(Ipv4Prefix prefix, CustomerRoute route)) {
                store.put(prefix, route);
            } else if (action instanceof Action.RemoveRoute(Ipv4Prefix prefix)) {
                store.remove(prefix);
            }
        }
        network.addAll(actions);
        return actions;
    }

    private List<Long> opened() {
        return network.stream()
                .filter(Action.OpenSession.class::isInstance)
                .map(open -> ((Action.OpenSession) open).session())
                .toList();
    }

    private void assertStored(String... prefixes) {
        assertEquals(List.of(prefixes), store.keySet().stream().map(Ipv4Prefix::toString).toList());
    }

    private static List<String> writes(List<Action> actions) {
        List<String> writes = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.RouteWrite write) {
                writes.add((write instanceof Action.PutRoute ? "+" : "-") + write.prefix());
            }
        }
        return writes;
    }

    private static int byPrefix(String one, String other) {
        return one.substring(1).compareTo(other.substring(1));
    }
}
