package org.edgeplex.pvm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.PeerConfig;
import org.edgeplex.bgp.session.PeerCounters;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.PeerStatus;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.pvm.core.PeerSpec;

/// A CE that the test plays: it speaks through the listener and hears through the session.
final class FakeSessions implements CustomerSessions {
    final List<FakeSession> opened = new CopyOnWriteArrayList<>();

    @Override
    public PeerSession open(PeerSpec peer, RouteListener listener) {
        FakeSession session = new FakeSession(peer, listener);
        opened.add(session);
        return session;
    }

    static final class FakeSession implements PeerSession {
        final PeerSpec peer;
        final RouteListener ce;
        private final List<String> heard = new ArrayList<>();
        private boolean established;
        private long establishedCount;
        private DownReason lastError = new DownReason.None();

        FakeSession(PeerSpec peer, RouteListener listener) {
            this.peer = peer;
            this.ce = listener;
        }

        synchronized List<String> heard() {
            return List.copyOf(heard);
        }

        void establish() {
            synchronized (this) {
                established = true;
                establishedCount++;
            }
            ce.established(negotiated());
        }

        void fail(DownReason reason) {
            synchronized (this) {
                established = false;
                lastError = reason;
            }
            ce.down(reason);
        }

        @Override
        public synchronized boolean announce(RouteUpdate.Announced announced) {
            announced
                    .routes()
                    .forEach(route ->
                            heard.add("+" + route + " " + announced.attributes().asPath()));
            return established;
        }

        @Override
        public synchronized boolean withdraw(RouteUpdate.Withdrawn withdrawn) {
            withdrawn.routes().forEach(route -> heard.add("-" + route));
            return established;
        }

        @Override
        public synchronized boolean endOfRib(AddressFamily family) {
            heard.add("end");
            return established;
        }

        @Override
        public boolean requestRefresh(AddressFamily family) {
            return false;
        }

        @Override
        public synchronized PeerStatus status() {
            return new PeerStatus(
                    PeerConfig.of(peer.peerAddress(), peer.peerAs(), AddressFamily.IPV4_UNICAST),
                    established ? State.ESTABLISHED : State.ACTIVE,
                    Instant.EPOCH,
                    established ? Optional.of(negotiated()) : Optional.empty(),
                    new PeerCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, establishedCount, 0),
                    lastError);
        }

        @Override
        public void close(Cease reason) {
            boolean wasEstablished;
            synchronized (this) {
                wasEstablished = established;
                established = false;
                heard.add("closed " + reason);
            }
            if (wasEstablished) {
                ce.down(new DownReason.None());
            }
        }

        private Negotiated negotiated() {
            return new Negotiated(
                    new Message.Open(
                            peer.peerAs(), peer.holdTimeSeconds(), peer.peerAddress(), List.of()),
                    PeerType.EXTERNAL,
                    true,
                    true,
                    Set.of(AddressFamily.IPV4_UNICAST),
                    peer.holdTimeSeconds(),
                    peer.localAddress(),
                    peer.peerAddress());
        }
    }
}
