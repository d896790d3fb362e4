package org.edgeplex.ldp.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgeplex.ldp.discovery.DiscoveryListener;
import org.edgeplex.ldp.discovery.LinkDiscovery;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionEvent;
import org.edgeplex.ldp.fsm.SessionFsm;
import org.edgeplex.ldp.fsm.SessionState;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.ldp.wire.Status;
import org.edgeplex.ldp.wire.StatusCode;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An LSR's side of LDP without threads: events and the time in, calls of `Transport` and
/// `LdpListener` out. Not thread-safe.
///
/// Times are nanoseconds on a clock that starts at 0 or later and never goes back.
public final class LdpEngine {
    /// Accepted connections that have not yet become a session.
    static final int PENDING_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(LdpEngine.class);

    private final LdpConfig config;
    private final Transport transport;
    private final LdpListener listener;
    private final LinkDiscovery discovery;
    private final LabelExchange labels;
    private final Map<LdpIdentifier, PeerSession> sessions = new TreeMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private long nowNanos;
    private int messageId;

    public LdpEngine(LdpConfig config, Transport transport, LdpListener listener) {
        this.config = config;
        this.transport = transport;
        this.listener = listener;
        this.discovery = new LinkDiscovery(config.link(), new Discovered());
        this.labels = new LabelExchange(listener, this::nextMessageId);
    }

    public void start(long now) {
        nowNanos = now;
        discovery.start(now);
    }

    /// Tells every peer that we go.
    public void stop(long now) {
        nowNanos = now;
        sessions.values().forEach(each -> each.stop(new SessionEvent.Stop(), now));
        sessions.clear();
        discovery.stop(now);
        pending.forEach(each -> each.connection.close());
        pending.clear();
    }

    /// Binds a label to a FEC that this LSR is the egress of, and tells every peer.
    public void bind(Ipv4Prefix fec, MplsLabel label, long now) {
        nowNanos = now;
        tellAll(labels.bind(fec, label));
    }

    public void unbind(Ipv4Prefix fec, long now) {
        nowNanos = now;
        tellAll(labels.unbind(fec));
    }

    private void tellAll(List<LdpMessage> messages) {
        for (PeerSession session : sessions.values()) {
            if (session.state() == SessionState.OPERATIONAL) {
                session.send(messages, nowNanos);
            }
        }
    }

    public void onDatagram(Ipv4Address source, byte[] datagram, long now) {
        nowNanos = now;
        discovery.onDatagram(source, datagram, now);
    }

    public void onConnected(Transport.Connection connection, long now) {
        nowNanos = now;
        sessionOf(connection).ifPresentOrElse(s -> s.connectedActive(nowNanos), connection::close);
    }

    /// A connection came in. Whose it is shows when its Initialization arrives; until then, and
    /// while the peer's hello is still on its way, it waits.
    public void onAccepted(Transport.Connection connection, long now) {
        nowNanos = now;
        if (pending.size() >= PENDING_MAX) {
            LOG.warn("too many LDP connections without a session, {} refused", connection.remote());
            connection.close();
            return;
        }
        pending.add(
                new Pending(
                        connection, now + TimeUnit.SECONDS.toNanos(SessionFsm.HANDSHAKE_SECONDS)));
    }

    /// `body` is a PDU without its first four bytes.
    public void onPdu(Transport.Connection connection, byte[] body, long now) {
        nowNanos = now;
        Optional<LdpPdu> pdu = LdpPdu.decodeBody(body);
        if (pdu.isEmpty()) {
            throw new IllegalStateException("the header check let a short PDU pass");
        }
        Optional<PeerSession> session = sessionOf(connection);
        if (session.isPresent()) {
            session.get().onPdu(pdu.get(), now);
            return;
        }
        pendingOf(connection).ifPresent(waiting -> firstPdu(waiting, pdu.get()));
    }

    public void onBrokenStream(Transport.Connection connection, Status status, long now) {
        nowNanos = now;
        sessionOf(connection)
                .ifPresentOrElse(
                        session -> session.onBrokenStream(status, nowNanos),
                        () -> pendingOf(connection).ifPresent(each -> refuse(each, status)));
    }

    public void onClosed(Transport.Connection connection, long now) {
        nowNanos = now;
        pending.removeIf(each -> each.connection.equals(connection));
        sessionOf(connection).ifPresent(session -> session.onClosed(nowNanos));
    }

    public void onTime(long now) {
        nowNanos = now;
        discovery.onTime(now);
        for (PeerSession session : List.copyOf(sessions.values())) {
            session.onTime(now);
            if (session.isConnectDue(now)) {
                session.connecting(transport.connect(session.neighbor().transportAddress()));
            }
        }
        for (Pending each : List.copyOf(pending)) {
            if (now >= each.deadlineNanos) {
                refuse(each, Status.of(StatusCode.SESSION_REJECTED_NO_HELLO));
            }
        }
    }

    /// When `onTime` wants to be called next; `LinkDiscovery.NEVER` if nothing is due.
    public long nextDeadlineNanos() {
        long next = discovery.nextDeadlineNanos();
        for (PeerSession session : sessions.values()) {
            next = Math.min(next, session.nextDeadlineNanos());
        }
        for (Pending each : pending) {
            next = Math.min(next, each.deadlineNanos);
        }
        return next;
    }

    private void firstPdu(Pending waiting, LdpPdu pdu) {
        if (waiting.first.isPresent()) {
            LOG.warn("{} goes on before its Initialization is answered", waiting.remote());
            refuse(waiting, Status.of(StatusCode.SHUTDOWN));
            return;
        }
        waiting.first = Optional.of(pdu);
        PeerSession session = sessions.get(pdu.sender());
        if (session != null) {
            adopt(waiting, pdu, session);
        }
    }

    /// Hands an accepted connection to the session of its sender, if it is the passive one of the
    /// two and the connection comes from where the hellos say.
    private void adopt(Pending waiting, LdpPdu pdu, PeerSession session) {
        if (session.isActive() || !session.neighbor().transportAddress().equals(waiting.remote())) {
            LOG.warn("{} claims to be {}, refused", waiting.remote(), pdu.sender());
            refuse(waiting, Status.of(StatusCode.SESSION_REJECTED_NO_HELLO));
            return;
        }
        pending.remove(waiting);
        if (session.state() != SessionState.NON_EXISTENT) {
            session.onClosed(nowNanos); // the peer has given that connection up
        }
        session.connectedPassive(waiting.connection, nowNanos);
        session.onPdu(pdu, nowNanos);
    }

    private void refuse(Pending waiting, Status status) {
        pending.remove(waiting);
        LdpMessage no = new LdpMessage.Notification(nextMessageId(), status, List.of());
        LdpPdu.encode(config.self(), List.of(no), LdpPdu.DEFAULT_MAX_LENGTH_BYTES)
                .forEach(waiting.connection::send);
        waiting.connection.close();
    }

    private Optional<PeerSession> sessionOf(Transport.Connection connection) {
        return sessions.values().stream().filter(each -> each.owns(connection)).findFirst();
    }

    private Optional<Pending> pendingOf(Transport.Connection connection) {
        return pending.stream().filter(each -> each.connection.equals(connection)).findFirst();
    }

    private int nextMessageId() {
        return ++messageId;
    }

    /// What a hello changes here.
    private final class Discovered implements DiscoveryListener {
        @Override
        public void sendHello(byte[] pdu) {
            transport.sendHello(pdu);
        }

        @Override
        public void neighborHeard(Neighbor neighbor) {
            listener.neighborHeard(neighbor);
            PeerSession session =
                    new PeerSession(
                            config, neighbor, labels, listener, LdpEngine.this::nextMessageId);
            sessions.put(neighbor.id(), session);
            if (session.isActive()) {
                session.connectAt(nowNanos);
            }
            List.copyOf(pending).forEach(adoptIfFrom(session));
        }

        private Consumer<Pending> adoptIfFrom(PeerSession session) {
            return waiting ->
                    waiting.first
                            .filter(pdu -> pdu.sender().equals(session.neighbor().id()))
                            .ifPresent(pdu -> adopt(waiting, pdu, session));
        }

        @Override
        public void neighborLost(Neighbor neighbor) {
            PeerSession session = sessions.remove(neighbor.id());
            if (session != null) {
                session.stop(new SessionEvent.AdjacencyLost(), nowNanos);
            }
            listener.neighborLost(neighbor);
        }
    }

    /// An accepted connection without a session; `first` is its first PDU.
    private static final class Pending {
        private final Transport.Connection connection;
        private final long deadlineNanos;
        private Optional<LdpPdu> first = Optional.empty();

        Pending(Transport.Connection connection, long deadlineNanos) {
            this.connection = connection;
            this.deadlineNanos = deadlineNanos;
        }

        Ipv4Address remote() {
            return connection.remote();
        }
    }
}
