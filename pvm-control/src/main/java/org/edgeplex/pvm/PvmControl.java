package org.edgeplex.pvm;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.Action;
import org.edgeplex.pvm.core.ControlCore;
import org.edgeplex.pvm.core.ControlEvent;
import org.edgeplex.pvm.core.ControlEvent.VrfRouteChange;
import org.edgeplex.pvm.core.ControlLimits;
import org.edgeplex.pvm.core.IdleReason;
import org.edgeplex.pvm.core.PeerSpec;
import org.edgeplex.pvm.link.LinkKeeper;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control loop of one attachment: events in, the core's actions done, in one thread.
///
/// A store that fails ends the loop with its exception: the successor begins from the store.
final class PvmControl {
    private static final Logger LOG = LoggerFactory.getLogger(PvmControl.class);

    /// The state feed is polled this often: it bounds how late a VRF route is announced.
    private static final Duration FEED_POLL_INTERVAL = Duration.ofMillis(100);

    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(2);
    private static final int WRITES_TOGETHER_MAX = 1_000;
    private static final Duration CLOSE_POLL_INTERVAL = Duration.ofMillis(10);

    private final int attachmentNumber;
    private final State state;
    private final StateWriter writer;
    private final CustomerSessions sessions;
    private final LinkKeeper link;
    private final InstantSource clock;
    private final EventQueue events;
    private final StateFeed feed;
    private final ControlCore core;
    private final SessionRecorder recorder;
    private @Nullable PeerSession session;
    private volatile boolean stopped;
    private String rejectsLogged = "";

    /// @param events where the link's keeper reports to
    PvmControl(
            int attachmentNumber,
            State state,
            StateWriter writer,
            CustomerSessions sessions,
            LinkKeeper link,
            InstantSource clock,
            EventQueue events) {
        this.attachmentNumber = attachmentNumber;
        this.state = state;
        this.writer = writer;
        this.sessions = sessions;
        this.link = link;
        this.clock = clock;
        this.events = events;
        Bytes ownRoutes = CustomerRouteKey.of(attachmentNumber);
        TableScans scans =
                state.scans().begin(Tables.CUSTOMER_ROUTES, ownRoutes).begin(Tables.SESSIONS);
        this.feed = state.feed(Tables.ATTACHMENTS, Tables.VRF_ROUTES);
        Map<Ipv4Prefix, CustomerRoute> stored = stored(scans, ownRoutes);
        LOG.info("attachment {}: {} routes in the store", attachmentNumber, stored.size());
        this.core =
                new ControlCore(attachmentNumber, stored, ControlLimits.DEFAULT, System.nanoTime());
        this.recorder = new SessionRecorder(scans, writer, holder(attachmentNumber));
    }

    /// The name of this program's lease and session records.
    static String holder(int attachmentNumber) {
        return "pvm-" + attachmentNumber + "/control";
    }

    /// Runs until [#stop]: then the session is closed and the routes stay.
    void run() throws InterruptedException {
        if (state.get(Tables.ATTACHMENTS, attachmentNumber).isEmpty()) {
            LOG.warn("attachment {} is not in the store", attachmentNumber);
            perform(new ControlEvent.AttachmentAbsent());
        }
        while (!stopped) {
            Optional<ControlEvent> event = events.poll(FEED_POLL_INTERVAL);
            event.ifPresent(this::performWithFollowing);
            pollFeed();
            perform(new ControlEvent.Tick());
            recordSession();
        }
        closeForRestart();
    }

    /// Has [#run] return soon. Any thread.
    void stop() {
        stopped = true;
    }

    private Map<Ipv4Prefix, CustomerRoute> stored(TableScans scans, Bytes ownRoutes) {
        Map<Ipv4Prefix, CustomerRoute> routes = new HashMap<>();
        List<Write> damaged = new ArrayList<>();
        for (Stored<CustomerRouteKey, CustomerRoute> record :
                scans.take(
                        Tables.CUSTOMER_ROUTES,
                        ownRoutes,
                        (key, damage) -> {
                            LOG.error("removed: {}", damage.getMessage());
                            damaged.add(writer.toRemove(Tables.CUSTOMER_ROUTES, key));
                        })) {
            routes.put(record.key().prefix(), record.value());
        }
        // The customer tells them again; a record that nobody can read nobody would withdraw.
        writer.writeAll(damaged);
        return routes;
    }

    private void pollFeed() {
        FeedBatch batch = new FeedBatch(attachmentNumber);
        feed.poll(batch);
        batch.events().forEach(this::perform);
    }

    /// Routes that come one by one share round trips: what follows is taken along for as long as
    /// nothing but writes comes of it.
    private void performWithFollowing(ControlEvent first) {
        List<Action> actions = new ArrayList<>();
        Optional<ControlEvent> next = Optional.of(first);
        while (next.isPresent()) {
            List<Action> more = core.step(next.get(), System.nanoTime());
            actions.addAll(more);
            boolean goesOn =
                    actions.size() < WRITES_TOGETHER_MAX
                            && more.stream().allMatch(Action.RouteWrite.class::isInstance);
            next = goesOn ? events.poll() : Optional.empty();
        }
        perform(actions);
    }

    private void perform(ControlEvent event) {
        perform(core.step(event, System.nanoTime()));
    }

    private void perform(List<Action> actions) {
        write(actions);
        actions.forEach(this::perform);
        logRejects();
    }

    /// In few round trips, and before anything is said to the network.
    private void write(List<Action> actions) {
        List<Write> writes = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.PutRoute(Ipv4Prefix prefix, CustomerRoute route)) {
                writes.add(writer.toPut(Tables.CUSTOMER_ROUTES, key(prefix), route));
            } else if (action instanceof Action.RemoveRoute(Ipv4Prefix prefix)) {
                writes.add(writer.toRemove(Tables.CUSTOMER_ROUTES, key(prefix)));
            }
        }
        if (!writes.isEmpty()) {
            writer.writeAll(writes);
            LOG.debug("{} customer routes written", writes.size());
        }
    }

    private CustomerRouteKey key(Ipv4Prefix prefix) {
        return new CustomerRouteKey(attachmentNumber, prefix);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.RouteWrite _ -> {} // written already, all at once
            case Action.RetainSessionRecords(var peers) -> recorder.retain(peers);
            case Action.LoadVrfRoutes(int vrfNumber) -> perform(vrfRoutes(vrfNumber));
            case Action.ConfigureLink(var spec) -> link.configure(spec);
            case Action.OpenSession(long number, PeerSpec peer) -> open(number, peer);
            case Action.CloseSession(long number, Cease cease) -> close(number, cease);
            case Action.Send(RouteUpdate update) -> send(update);
            case Action.SendEndOfRib(var family) -> {
                if (session != null) {
                    session.endOfRib(family);
                }
            }
        }
    }

    private ControlEvent vrfRoutes(int vrfNumber) {
        List<VrfRouteChange.Present> routes = new ArrayList<>();
        for (Stored<VrfRouteKey, VrfRoute> record :
                state.scan(Tables.VRF_ROUTES, VrfRouteKey.of(vrfNumber), OnDamage.SKIP)) {
            routes.add(new VrfRouteChange.Present(record.key(), record.value()));
        }
        return new ControlEvent.VrfRoutesLoaded(routes);
    }

    private void open(long number, PeerSpec peer) {
        LOG.info("session {} with {} AS {}", number, peer.peerAddress(), peer.peerAs());
        try {
            session = sessions.open(peer, new QueueingListener(number, events));
            recorder.opened();
        } catch (IOException e) {
            LOG.warn("session {} with {}: {}", number, peer.peerAddress(), e.getMessage());
            perform(new ControlEvent.Closed(number));
        }
    }

    /// On a thread of its own: the session waits for its listener, and that for this loop.
    private void close(long number, Cease cease) {
        PeerSession closing = session;
        session = null;
        LOG.info("session {} closes: {}", number, cease);
        Thread.ofVirtual()
                .name("close session " + number)
                .start(() -> {
                    if (closing != null) {
                        closing.close(cease);
                    }
                    events.put(new ControlEvent.Closed(number));
                });
    }

    /// False from the session means that it is down: that event is on its way to the core.
    private void send(RouteUpdate update) {
        if (session == null) {
            return;
        }
        boolean taken =
                switch (update) {
                    case RouteUpdate.Announced announced -> session.announce(announced);
                    case RouteUpdate.Withdrawn withdrawn -> session.withdraw(withdrawn);
                };
        LOG.debug("{} {}", taken ? "sent" : "not sent", update);
    }

    private void recordSession() {
        if (session != null) {
            recorder.record(session.status(), core, System.nanoTime());
        } else {
            String reason = core.idleReason().map(IdleReason::toString).orElse("");
            recorder.recordIdle(reason, clock.millis(), System.nanoTime());
        }
    }

    private void logRejects() {
        String now = "learnt: " + core.rejects() + "; configured: " + core.configuredRejects();
        if (!now.equals(rejectsLogged)
                && !(core.rejects().isEmpty() && core.configuredRejects().isEmpty())) {
            LOG.warn("rejected routes: {}", now);
        }
        rejectsLogged = now;
    }

    /// The CE is told that we come back; what it announced stays in the store for the next life.
    private void closeForRestart() throws InterruptedException {
        PeerSession closing = session;
        if (closing == null) {
            return;
        }
        Thread closer =
                Thread.ofVirtual()
                        .name("close session")
                        .start(() -> closing.close(Cease.ADMINISTRATIVE_RESET));
        long deadlineNanos = System.nanoTime() + CLOSE_TIME_MAX.toNanos();
        while (closer.isAlive() && deadlineNanos - System.nanoTime() > 0) {
            // The session's listener may wait for a place in the queue.
            events.poll(CLOSE_POLL_INTERVAL)
                    .ifPresent(dropped -> LOG.debug("dropped at the end: {}", dropped));
        }
    }
}
