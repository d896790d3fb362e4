package org.edgeplex.ldp.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.edgeplex.ldp.fsm.AdjacencyAction;
import org.edgeplex.ldp.fsm.AdjacencyEvent;
import org.edgeplex.ldp.fsm.AdjacencyFsm;
import org.edgeplex.ldp.fsm.AdjacencyState;
import org.edgeplex.ldp.fsm.AdjacencyTransition;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.ldp.wire.Received;
import org.edgeplex.ldp.wire.Tlv;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hello adjacencies of one link. Times are nanoseconds on a clock that never goes back.
///
/// A wrong hello is dropped: nobody is owed an answer to a datagram (RFC 5036, section 3.5.1.2.1 is
/// about sessions).
public final class LinkDiscovery {
    /// More LSRs than this on one link are ignored.
    public static final int NEIGHBORS_MAX = 64;

    /// "No deadline".
    public static final long NEVER = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(LinkDiscovery.class);

    private final LinkConfig config;
    private final DiscoveryListener listener;
    private final Map<LdpIdentifier, Adjacency> adjacencies = new HashMap<>();
    private long nextHelloNanos = NEVER;
    private int messageId;

    public LinkDiscovery(LinkConfig config, DiscoveryListener listener) {
        this.config = config;
        this.listener = listener;
    }

    public void start(long nowNanos) {
        sendHello(nowNanos);
    }

    /// Ends all adjacencies; neighbours notice by their own hold timers.
    public void stop(long nowNanos) {
        nextHelloNanos = NEVER;
        for (Adjacency adjacency : List.copyOf(adjacencies.values())) {
            step(adjacency, new AdjacencyEvent.LinkStopped(), nowNanos);
        }
    }

    public void onDatagram(Ipv4Address source, byte[] datagram, long nowNanos) {
        if (!config.linkSubnet().contains(source) || source.equals(config.linkAddress())) {
            LOG.debug("ignoring a hello from {}, not a neighbour on the link", source);
            return;
        }
        LdpPdu.decodeDatagram(datagram, LdpPdu.DEFAULT_MAX_LENGTH_BYTES)
                .ifPresentOrElse(
                        pdu -> onPdu(source, pdu, nowNanos),
                        () -> LOG.debug("ignoring a malformed hello PDU from {}", source));
    }

    private void onPdu(Ipv4Address source, LdpPdu pdu, long nowNanos) {
        if (pdu.sender().lsrId().equals(config.self().lsrId())) {
            LOG.warn("{} sends hellos with our LSR id {}", source, pdu.sender().lsrId());
            return;
        }
        for (Received received : pdu.contents()) {
            if (received instanceof Received.Accepted(LdpMessage.Hello hello)) {
                onHello(source, pdu.sender(), hello, nowNanos);
            } else {
                LOG.debug("ignoring {} from {} in a hello PDU", received, source);
            }
        }
    }

    private void onHello(
            Ipv4Address source, LdpIdentifier id, LdpMessage.Hello hello, long nowNanos) {
        Tlv.HelloParameters parameters = hello.parameters();
        Ipv4Address transport = hello.transportAddress(source);
        if (parameters.targeted() || !transport.isUnicastHost()) {
            LOG.debug("ignoring an unusable hello of {} from {}: {}", id, source, hello);
            return;
        }
        int holdTime =
                AdjacencyFsm.negotiateHoldTime(
                        config.holdTimeSeconds(), parameters.holdTimeSeconds());
        Neighbor heard = new Neighbor(id, source, transport);
        Adjacency adjacency = adjacencies.get(id);
        if (adjacency == null) {
            if (adjacencies.size() >= NEIGHBORS_MAX) {
                LOG.warn("ignoring {}: already {} LDP neighbours on the link", id, NEIGHBORS_MAX);
                return;
            }
            adjacency = new Adjacency(heard);
            adjacencies.put(id, adjacency);
        }
        adjacency.holdTimeSeconds = holdTime;
        // A neighbour that asks for a shorter hold time is told of us sooner from now on.
        nextHelloNanos = Math.min(nextHelloNanos, nowNanos + helloIntervalNanos());
        boolean moved = !adjacency.neighbor.transportAddress().equals(transport);
        if (moved) {
            adjacency.movedTo = heard;
            step(adjacency, new AdjacencyEvent.HelloMoved(holdTime), nowNanos);
        } else {
            adjacency.neighbor = heard;
            adjacency.movedTo = heard;
            step(adjacency, new AdjacencyEvent.HelloReceived(holdTime), nowNanos);
        }
    }

    /// Sends what is due and forgets who was silent for too long.
    public void onTime(long nowNanos) {
        if (nowNanos >= nextHelloNanos) {
            sendHello(nowNanos);
        }
        for (Adjacency adjacency : List.copyOf(adjacencies.values())) {
            if (nowNanos >= adjacency.holdDeadlineNanos) {
                step(adjacency, new AdjacencyEvent.HoldTimerExpired(), nowNanos);
            }
        }
    }

    public long nextDeadlineNanos() {
        long next = nextHelloNanos;
        for (Adjacency adjacency : adjacencies.values()) {
            next = Math.min(next, adjacency.holdDeadlineNanos);
        }
        return next;
    }

    private void step(Adjacency adjacency, AdjacencyEvent event, long nowNanos) {
        AdjacencyTransition transition = AdjacencyFsm.step(adjacency.state, event);
        if (transition.next() != adjacency.state) {
            LOG.info(
                    "hello adjacency {} {} -> {} on {}",
                    adjacency.neighbor.id(),
                    adjacency.state,
                    transition.next(),
                    event);
        }
        adjacency.state = transition.next();
        if (adjacency.state == AdjacencyState.ABSENT) {
            adjacencies.remove(adjacency.neighbor.id());
        }
        for (AdjacencyAction action : transition.actions()) {
            switch (action) {
                case AdjacencyAction.StartHoldTimer(int seconds) ->
                        adjacency.holdDeadlineNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
                case AdjacencyAction.StopHoldTimer() -> adjacency.holdDeadlineNanos = NEVER;
                case AdjacencyAction.SendHello() -> sendHello(nowNanos);
                case AdjacencyAction.ReportDown() -> listener.neighborLost(adjacency.neighbor);
                case AdjacencyAction.ReportUp() -> {
                    adjacency.neighbor = adjacency.movedTo;
                    listener.neighborHeard(adjacency.neighbor);
                }
            }
        }
    }

    private void sendHello(long nowNanos) {
        Tlv.HelloParameters parameters =
                new Tlv.HelloParameters(config.holdTimeSeconds(), false, false, false);
        LdpMessage.Hello hello =
                new LdpMessage.Hello(
                        ++messageId,
                        parameters,
                        List.of(new Tlv.TransportAddress(config.transportAddress())));
        for (byte[] pdu :
                LdpPdu.encode(config.self(), List.of(hello), LdpPdu.DEFAULT_MAX_LENGTH_BYTES)) {
            listener.sendHello(pdu);
        }
        nextHelloNanos = nowNanos + helloIntervalNanos();
    }

    /// Three hellos fit into the shortest hold time agreed on the link (RFC 5036, section 2.5.5).
    private long helloIntervalNanos() {
        int holdTimeSeconds = config.holdTimeSeconds();
        for (Adjacency adjacency : adjacencies.values()) {
            holdTimeSeconds = Math.min(holdTimeSeconds, adjacency.holdTimeSeconds);
        }
        return Math.min(
                TimeUnit.SECONDS.toNanos(holdTimeSeconds) / 3,
                TimeUnit.SECONDS.toNanos(AdjacencyFsm.LINK_HELLO_DEFAULT_SECONDS));
    }

    private static final class Adjacency {
        private Neighbor neighbor;

        /// What the hello being handled says; differs from `neighbor` only when that one moved.
        private Neighbor movedTo;

        private AdjacencyState state = AdjacencyState.ABSENT;
        private int holdTimeSeconds = AdjacencyFsm.HOLD_FOREVER;
        private long holdDeadlineNanos = NEVER;

        Adjacency(Neighbor neighbor) {
            this.neighbor = neighbor;
            this.movedTo = neighbor;
        }
    }
}
