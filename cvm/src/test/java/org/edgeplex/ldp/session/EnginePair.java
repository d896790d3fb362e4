package org.edgeplex.ldp.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// Two engines on one simulated link and one simulated clock; nothing happens but by `advance`.
final class EnginePair {
    final Node low = new Node("10.0.0.1", "10.1.0.1");
    final Node high = new Node("10.0.0.2", "10.1.0.2");

    /// While false the link loses hellos; connections stand.
    boolean hellosPass = true;

    /// While false, PDUs on connections are lost in silence, as behind a dead path.
    boolean pdusPass = true;

    private final Deque<Runnable> inFlight = new ArrayDeque<>();
    private long nowNanos;

    void start() {
        low.engine.start(nowNanos);
        high.engine.start(nowNanos);
        settle();
    }

    /// Lets the time pass in steps of 100 ms.
    void advance(long millis) {
        long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (nowNanos < untilNanos) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
            low.engine.onTime(nowNanos);
            high.engine.onTime(nowNanos);
            settle();
        }
    }

    void settle() {
        low.engine.onTime(nowNanos);
        high.engine.onTime(nowNanos);
        while (!inFlight.isEmpty()) {
            inFlight.poll().run();
            low.engine.onTime(nowNanos);
            high.engine.onTime(nowNanos);
        }
    }

    long now() {
        return nowNanos;
    }

    private Node other(Node node) {
        return node == low ? high : low;
    }

    /// One side: an engine, its end of the link, and what it reported.
    final class Node implements Transport, LdpListener {
        final List<String> events = new ArrayList<>();
        final List<Pipe> pipes = new ArrayList<>();
        final Map<String, Integer> mappings = new TreeMap<>();
        final Ipv4Address loopback;
        final Ipv4Address linkAddress;
        LdpEngine engine;

        Node(String loopback, String linkAddress) {
            this.loopback = Ipv4Address.parse(loopback);
            this.linkAddress = Ipv4Address.parse(linkAddress);
            this.engine = newEngine();
        }

        private LdpEngine newEngine() {
            return new LdpEngine(LdpConfig.of(loopback, "c0", linkAddress, 24), this, this);
        }

        /// The process died and another began: all its connections are reset.
        void restart() {
            for (Pipe pipe : List.copyOf(pipes)) {
                pipe.far.die();
            }
            pipes.clear();
            events.clear();
            mappings.clear();
            engine = newEngine();
            engine.start(nowNanos);
            settle();
        }

        void bind(String fec, int label) {
            engine.bind(Ipv4Prefix.parse(fec), new MplsLabel(label), nowNanos);
            settle();
        }

        void unbind(String fec) {
            engine.unbind(Ipv4Prefix.parse(fec), nowNanos);
            settle();
        }

        @Override
        public void sendHello(byte[] pdu) {
            if (hellosPass) {
                Node to = other(this);
                inFlight.add(() -> to.engine.onDatagram(linkAddress, pdu, nowNanos));
            }
        }

        @Override
        public Connection connect(Ipv4Address remote) {
            Node to = other(this);
            Pipe near = new Pipe(this, remote);
            Pipe far = new Pipe(to, loopback);
            near.far = far;
            far.far = near;
            pipes.add(near);
            to.pipes.add(far);
            inFlight.add(() -> to.engine.onAccepted(far, nowNanos));
            inFlight.add(() -> engine.onConnected(near, nowNanos));
            return near;
        }

        @Override
        public void neighborHeard(Neighbor neighbor) {
            events.add("heard " + neighbor.id());
        }

        @Override
        public void neighborLost(Neighbor neighbor) {
            events.add("lost " + neighbor.id());
        }

        @Override
        public void sessionUp(Neighbor neighbor) {
            events.add("up " + neighbor.id());
        }

        @Override
        public void sessionDown(Neighbor neighbor, SessionDownReason reason) {
            events.add("down " + neighbor.id() + ": " + reason);
            mappings.clear();
        }

        @Override
        public void addressesChanged(LdpIdentifier peer, List<Ipv4Address> addresses) {
            events.add("addresses " + addresses);
        }

        @Override
        public void mappingReceived(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label) {
            mappings.put(fec.toString(), label.value());
        }

        @Override
        public void mappingWithdrawn(LdpIdentifier peer, Ipv4Prefix fec) {
            mappings.remove(fec.toString());
        }
    }

    /// One end of a connection; what it sends arrives at the other end's node.
    final class Pipe implements Transport.Connection {
        final Node node;
        final Ipv4Address remote;
        final List<byte[]> sent = new ArrayList<>();
        Pipe far = this;
        boolean open = true;

        Pipe(Node node, Ipv4Address remote) {
            this.node = node;
            this.remote = remote;
        }

        @Override
        public Ipv4Address remote() {
            return remote;
        }

        @Override
        public void send(byte[] pdu) {
            sent.add(pdu);
            if (pdusPass) {
                byte[] body = Arrays.copyOfRange(pdu, LdpPdu.HEADER_BYTES, pdu.length);
                inFlight.add(() -> {
                    if (far.open) {
                        far.node.engine.onPdu(far, body, nowNanos);
                    }
                });
            }
        }

        @Override
        public void limitPdu(int maxLengthBytes) {
            node.events.add("PDU limit " + maxLengthBytes);
        }

        @Override
        public void close() {
            open = false;
            inFlight.add(() -> far.die());
        }

        /// The other side is gone.
        void die() {
            if (open) {
                open = false;
                inFlight.add(() -> node.engine.onClosed(this, nowNanos));
            }
        }
    }
}
