package org.edgeplex.cvm;

import static org.edgeplex.bgp.wire.AddressFamily.VPN_IPV4;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.PeerStatus;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.cvm.vpn.Export;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.SessionKey.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The BGP sessions with the route reflectors: who they are, what they are told, how long their old
/// routes are believed.
final class CorePeers {
    /// Stale routes go this long after the session is back, if the peer sends no End-of-RIB.
    static final int SWEEP_SECONDS = 30;

    /// And this long after the start, if the session does not come back.
    static final int STALE_SECONDS_MAX = 120;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long STATUS_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long COUNTERS_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(CorePeers.class);

    private final Ipv4Address self;
    private final Inbox inbox;
    private final SessionBook sessions;
    private final AdjRibIn adjRibIn;
    private final Supplier<List<Export>> exports;
    private final BiFunction<Ipv4Address, RouteListener, PeerSession> opener;
    private final Map<Ipv4Address, Peer> peers = new TreeMap<>();
    private long nowNanos;
    private long statusDueNanos;

    /// @param opener starts a session with a peer; the listener's calls come on other threads
    CorePeers(
            Ipv4Address self,
            Inbox inbox,
            SessionBook sessions,
            AdjRibIn adjRibIn,
            Supplier<List<Export>> exports,
            BiFunction<Ipv4Address, RouteListener, PeerSession> opener) {
        this.self = self;
        this.inbox = inbox;
        this.sessions = sessions;
        this.adjRibIn = adjRibIn;
        this.exports = exports;
        this.opener = opener;
    }

    /// Speaks with just these from now on.
    void configure(List<Ipv4Address> wanted, long now) {
        nowNanos = now;
        for (Peer peer : List.copyOf(peers.values())) {
            if (!wanted.contains(peer.address)) {
                LOG.info("route reflector {} removed", peer.address);
                peers.remove(peer.address);
                // Closing waits for the listener, and the listener may wait for us.
                Thread.ofVirtual().start(() -> peer.session.close(Cease.PEER_DECONFIGURED));
                sessions.forget(Protocol.BGP, peer.address);
            }
        }
        for (Ipv4Address address : wanted) {
            if (!peers.containsKey(address)) {
                LOG.info("route reflector {} added", address);
                PeerSession session = opener.apply(address, new Listener(address));
                Peer peer = new Peer(address, session, sessions.epoch(Protocol.BGP, address));
                peer.sweepDueNanos = now + TimeUnit.SECONDS.toNanos(STALE_SECONDS_MAX);
                peers.put(address, peer);
            }
        }
        for (Ipv4Address address : adjRibIn.peers()) {
            if (!peers.containsKey(address)) {
                adjRibIn.sweep(address, 0, NEVER);
            }
        }
    }

    void onTime(long now) {
        nowNanos = now;
        for (Peer peer : peers.values()) {
            if (now >= peer.sweepDueNanos) {
                sweepStale(peer);
            }
        }
        if (now >= statusDueNanos) {
            statusDueNanos = now + STATUS_INTERVAL_NANOS;
            peers.values().forEach(this::noteStatus);
        }
    }

    /// All that is older than the session; without a session all that is there.
    private void sweepStale(Peer peer) {
        peer.sweepDueNanos = NEVER;
        adjRibIn.sweep(peer.address, 0, peer.established ? peer.epoch : NEVER);
    }

    void announce(List<Export> news) {
        if (!news.isEmpty()) {
            peers.values().forEach(peer -> announce(peer, news));
        }
    }

    void withdraw(List<Nlri.VpnIpv4> gone) {
        if (!gone.isEmpty()) {
            RouteUpdate.Withdrawn update = new RouteUpdate.Withdrawn(VPN_IPV4, List.copyOf(gone));
            peers.values().forEach(peer -> peer.session.withdraw(update));
        }
    }

    /// A session that is not up is told everything when it is: what it refuses now is no loss.
    private void announce(Peer peer, List<Export> routes) {
        Map<PathAttributes, List<Reachable>> byAttributes = new LinkedHashMap<>();
        for (Export each : routes) {
            byAttributes
                    .computeIfAbsent(each.attributes(), _ -> new ArrayList<>())
                    .add(new Reachable.Labeled(each.nlri(), each.label()));
        }
        byAttributes.forEach((attributes, group) ->
                peer.session.announce(
                        new RouteUpdate.Announced(VPN_IPV4, self, attributes, group)));
    }

    private void established(Peer peer, Negotiated negotiated) {
        peer.epoch =
                sessions.begin(
                        Protocol.BGP,
                        peer.address,
                        word(State.ESTABLISHED),
                        "hold time " + negotiated.holdTimeSeconds() + " s");
        peer.notedState = word(State.ESTABLISHED);
        peer.established = true;
        peer.sweepDueNanos = nowNanos + TimeUnit.SECONDS.toNanos(SWEEP_SECONDS);
        announce(peer, exports.get());
        peer.session.endOfRib(VPN_IPV4);
        LOG.info(
                "BGP session with {} is up, {} stale routes",
                peer.address,
                adjRibIn.count(peer.address));
    }

    /// Without graceful restart the routes of a session end with it (RFC 4271, section 8.2.2).
    private void down(Peer peer, DownReason reason) {
        LOG.info("BGP session with {} is down: {}", peer.address, reason);
        if (peer.established) {
            peer.established = false;
            adjRibIn.sweep(peer.address, peer.epoch, NEVER);
        }
        noteStatus(peer);
    }

    private void noteStatus(Peer peer) {
        PeerStatus status = peer.session.status();
        String word = word(status.state());
        boolean countersDue = nowNanos >= peer.countersDueNanos;
        if (!countersDue && word.equals(peer.notedState)) {
            return;
        }
        peer.notedState = word;
        peer.countersDueNanos = nowNanos + COUNTERS_INTERVAL_NANOS;
        String detail =
                status.negotiated()
                        .map(negotiated -> "hold time " + negotiated.holdTimeSeconds() + " s")
                        .orElseGet(() -> status.lastError().toString());
        sessions.note(
                Protocol.BGP,
                peer.address,
                word,
                detail,
                status.counters().messagesReceived(),
                status.counters().messagesSent());
    }

    /// The names of RFC 4271, section 8.2.2.
    private static String word(State state) {
        return switch (state) {
            case IDLE -> "Idle";
            case CONNECT -> "Connect";
            case ACTIVE -> "Active";
            case OPEN_SENT -> "OpenSent";
            case OPEN_CONFIRM -> "OpenConfirm";
            case ESTABLISHED -> "Established";
        };
    }

    private static final class Peer {
        private final Ipv4Address address;
        private final PeerSession session;
        private long epoch;
        private boolean established;
        private long sweepDueNanos = NEVER;
        private long countersDueNanos;
        private String notedState = "";

        Peer(Ipv4Address address, PeerSession session, long epoch) {
            this.address = address;
            this.session = session;
            this.epoch = epoch;
        }
    }

    /// Carries what happens from the session's thread to ours.
    private final class Listener implements RouteListener {
        private final Ipv4Address address;

        Listener(Ipv4Address address) {
            this.address = address;
        }

        private void later(Consumer<Peer> event) {
            inbox.put(() -> {
                Peer peer = peers.get(address);
                if (peer != null) { // else removed meanwhile
                    event.accept(peer);
                }
            });
        }

        @Override
        public void established(Negotiated negotiated) {
            later(peer -> CorePeers.this.established(peer, negotiated));
        }

        @Override
        public void updates(List<RouteUpdate> changes) {
            later(peer -> adjRibIn.apply(peer.address, peer.epoch, changes));
        }

        @Override
        public void endOfRib(AddressFamily family) {
            if (family.equals(VPN_IPV4)) {
                later(CorePeers.this::sweepStale);
            }
        }

        @Override
        public void routeRefreshRequested(AddressFamily family) {
            later(peer -> announce(peer, exports.get()));
        }

        @Override
        public void down(DownReason reason) {
            later(peer -> CorePeers.this.down(peer, reason));
        }
    }
}
