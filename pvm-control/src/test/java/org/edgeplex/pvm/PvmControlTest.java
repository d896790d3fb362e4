package org.edgeplex.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.ControlEvent;
import org.edgeplex.pvm.core.Samples;
import org.edgeplex.pvm.link.FakeKernel;
import org.edgeplex.pvm.link.LinkKeeper;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole shell on a store in memory, with a CE and a kernel that the test plays.
class PvmControlTest {
    private static final String LINK = "192.0.2.0/24";

    private final GatedStore store = new GatedStore();
    private final State state = new State(store, Duration.ofSeconds(1));
    private final StateWriter controller = state.as(Incarnation.UNFENCED);
    private final FakeKernel kernel = new FakeKernel();
    private final FakeSessions sessions = new FakeSessions();
    private Optional<Running> running = Optional.empty();

    /// One life of the program.
    private record Running(PvmControl control, LinkKeeper link, FutureTask<Boolean> loop) {}

    @AfterEach
    void stop() throws Exception {
        if (running.isPresent()) {
            Running life = running.get();
            running = Optional.empty();
            life.control().stop();
            life.link().close();
            assertTrue(life.loop().get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void routesOfTheCustomerAreInTheStore() {
        FakeSessions.FakeSession ce = startWithSession();
        ce.ce.updates(List.of(Samples.announced("10.1.0.0/16", "10.2.0.0/16")));
        awaitRoutes("10.1.0.0/16", "10.2.0.0/16", LINK);
        ce.ce.updates(List.of(Samples.withdrawn("10.1.0.0/16")));
        awaitRoutes("10.2.0.0/16", LINK);
    }

    @Test
    void routesThatComeOneByOneShareABatch() {
        FakeSessions.FakeSession ce = startWithSession();
        awaitRoutes(LINK);
        store.shut();
        int before = store.batches();
        ce.ce.updates(List.of(Samples.announced("10.1.0.0/16")));
        await("the first is held up", () -> store.batches() == before + 1);
        ce.ce.updates(List.of(Samples.announced("10.2.0.0/16")));
        ce.ce.updates(List.of(Samples.announced("10.3.0.0/16")));
        ce.ce.updates(List.of(Samples.withdrawn("10.2.0.0/16")));
        store.open();
        awaitRoutes("10.1.0.0/16", "10.3.0.0/16", LINK);
        assertEquals(before + 2, store.batches());
    }

    @Test
    void routesOfTheVrfReachTheCustomer() {
        vrfRoute("10.8.0.0/16");
        FakeSessions.FakeSession ce = startWithSession();
        awaitEqual(List.of("+10.8.0.0/16 65000 65002", "end"), ce::heard);
        vrfRoute("10.9.0.0/16");
        awaitEqual("+10.9.0.0/16 65000 65002", () -> ce.heard().getLast());
        controller.remove(Tables.VRF_ROUTES, key("10.8.0.0/16"));
        awaitEqual("-10.8.0.0/16", () -> ce.heard().getLast());
    }

    @Test
    void aRestartKeepsTheRoutesAndASessionLossDoesNot() throws Exception {
        FakeSessions.FakeSession ce = startWithSession();
        ce.ce.updates(List.of(Samples.announced("10.1.0.0/16", "10.2.0.0/16")));
        awaitRoutes("10.1.0.0/16", "10.2.0.0/16", LINK);
        stop();
        assertEquals("closed ADMINISTRATIVE_RESET", ce.heard().getLast());
        awaitRoutes("10.1.0.0/16", "10.2.0.0/16", LINK);

        start();
        FakeSessions.FakeSession again = awaitSession(2);
        again.establish();
        again.ce.updates(List.of(Samples.announced("10.2.0.0/16")));
        again.ce.endOfRib(AddressFamily.IPV4_UNICAST);
        awaitRoutes("10.2.0.0/16", LINK);
        awaitEqual(2L, () -> status().map(SessionStatus::epoch).orElse(0L));

        again.fail(new DownReason.ConnectionFailed("reset by peer"));
        awaitRoutes(LINK);
        await("the loss is recorded", () -> status().orElseThrow().detail().contains("reset by"));
    }

    @Test
    void theSessionIsRecordedInTheWordsOfTheStandard() {
        attach(Samples.bgp(100), Lifecycle.ACTIVE);
        start();
        awaitEqual("Active", () -> status().map(SessionStatus::state).orElse(""));
        awaitSession(1).establish();
        awaitEqual("Established", () -> status().map(SessionStatus::state).orElse(""));
    }

    @Test
    void withoutAnInterfaceTheRecordSaysSo() {
        kernel.vanish();
        attach(Samples.bgp(100), Lifecycle.ACTIVE);
        startWithoutInterface();
        awaitEqual("Idle", () -> status().map(SessionStatus::state).orElse(""));
        assertTrue(status().orElseThrow().detail().contains("interface"));
        kernel.appear(5);
        awaitSession(1);
    }

    @Test
    void withdrawingLeavesNothing() {
        FakeSessions.FakeSession ce = startWithSession();
        ce.ce.updates(List.of(Samples.announced("10.1.0.0/16")));
        awaitRoutes("10.1.0.0/16", LINK);
        await("recorded", () -> status().isPresent());
        attach(Samples.bgp(100), Lifecycle.WITHDRAWING);
        awaitRoutes();
        awaitEqual("closed PEER_DECONFIGURED", () -> ce.heard().getLast());
        await("no session record", () -> status().isEmpty());
    }

    @Test
    void staticRoutesFollowTheAttachment() {
        attach(Samples.routes("10.1.0.0/16"), Lifecycle.ACTIVE);
        start();
        awaitRoutes("10.1.0.0/16", LINK);
        attach(Samples.routes("10.2.0.0/16"), Lifecycle.ACTIVE);
        awaitRoutes("10.2.0.0/16", LINK);
        controller.remove(Tables.ATTACHMENTS, Samples.NUMBER);
        awaitRoutes();
    }

    @Test
    void leftoversOfAnAttachmentThatIsGoneAreRemoved() throws Exception {
        attach(Samples.routes("10.1.0.0/16"), Lifecycle.ACTIVE);
        start();
        awaitRoutes("10.1.0.0/16", LINK);
        stop();
        controller.remove(Tables.ATTACHMENTS, Samples.NUMBER);
        start();
        awaitRoutes();
    }

    @Test
    void aFencedLifeEndsAndChangesNothingMore() {
        FakeSessions.FakeSession ce = startWithSession();
        ce.ce.updates(List.of(Samples.announced("10.1.0.0/16")));
        awaitRoutes("10.1.0.0/16", LINK);
        new Leases(state).fence(PvmControl.holder(Samples.NUMBER));
        ce.ce.updates(List.of(Samples.withdrawn("10.1.0.0/16")));
        Running life = running.orElseThrow();
        running = Optional.empty();
        ExecutionException end =
                assertThrows(ExecutionException.class, () -> life.loop().get(10, TimeUnit.SECONDS));
        assertInstanceOf(FencedException.class, end.getCause());
        life.link().close();
        awaitRoutes("10.1.0.0/16", LINK);
    }

    @Test
    void anotherCustomersAttachmentIsNoneOfOurs() {
        attach(Samples.routes("10.1.0.0/16"), Lifecycle.ACTIVE);
        controller.put(
                Tables.ATTACHMENTS,
                8,
                Samples.attachment(Samples.bgp(1), Lifecycle.ACTIVE, Samples.VRF));
        start();
        awaitRoutes("10.1.0.0/16", LINK);
        assertTrue(sessions.opened.isEmpty());
        assertFalse(running.orElseThrow().loop().isDone());
    }

    private FakeSessions.FakeSession startWithSession() {
        attach(Samples.bgp(100), Lifecycle.ACTIVE);
        start();
        FakeSessions.FakeSession session = awaitSession(1);
        session.establish();
        return session;
    }

    private void start() {
        kernel.appear(5);
        startWithoutInterface();
    }

    private void startWithoutInterface() {
        EventQueue events = new EventQueue();
        LinkKeeper link =
                new LinkKeeper(
                        "ce0",
                        kernel,
                        spec -> events.put(new ControlEvent.LinkReady(spec.gateway())));
        Incarnation incarnation =
                new Leases(state).claim(PvmControl.holder(Samples.NUMBER), "test");
        PvmControl control =
                new PvmControl(
                        Samples.NUMBER,
                        state,
                        state.as(incarnation),
                        sessions,
                        link,
                        InstantSource.system(),
                        events);
        FutureTask<Boolean> loop =
                new FutureTask<>(() -> {
                    control.run();
                    return true;
                });
        link.start();
        Thread.ofVirtual().start(loop);
        running = Optional.of(new Running(control, link, loop));
    }

    private FakeSessions.FakeSession awaitSession(int count) {
        await("session " + count, () -> sessions.opened.size() == count);
        return sessions.opened.getLast();
    }

    private void attach(CustomerRouting routing, Lifecycle lifecycle) {
        Attachment attachment = Samples.attachment(routing, lifecycle, Samples.VRF);
        controller.put(Tables.ATTACHMENTS, Samples.NUMBER, attachment);
    }

    private void vrfRoute(String prefix) {
        controller.put(
                Tables.VRF_ROUTES, key(prefix), Samples.remote(Samples.path(Samples.FAR_AS)));
    }

    private static VrfRouteKey key(String prefix) {
        return new VrfRouteKey(Samples.VRF, Ipv4Prefix.parse(prefix));
    }

    private Optional<SessionStatus> status() {
        return state.get(
                        Tables.SESSIONS,
                        new SessionKey("pvm-7/control", SessionKey.Protocol.BGP, Samples.CE))
                .map(Stored::value);
    }

    private void awaitRoutes(String... prefixes) {
        awaitEqual(
                List.of(prefixes),
                () ->
                        state
                                .scan(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(Samples.NUMBER))
                                .stream()
                                .map(route -> route.key().prefix().toString())
                                .toList());
    }

    private static void await(String what, BooleanSupplier condition) {
        awaitEqual(what, () -> condition.getAsBoolean() ? what : "not: " + what);
    }

    private static void awaitEqual(Object expected, Supplier<?> actual) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!expected.equals(actual.get()) && deadlineNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertEquals(expected, actual.get());
    }
}
