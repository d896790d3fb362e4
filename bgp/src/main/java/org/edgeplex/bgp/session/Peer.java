package org.edgeplex.bgp.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.edgeplex.bgp.fsm.Collision;
import org.edgeplex.bgp.fsm.Event;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.MalformedMessage;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.MessageCodec;
import org.edgeplex.bgp.wire.NotificationCode;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.OpenError;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One peer: its loop, its two machines, and what programs see of it.
///
/// Fields without `volatile` belong to the loop.
final class Peer implements PeerSession, Machine.Owner, Connection.Receiver {
    private static final Logger log = LoggerFactory.getLogger(Peer.class);
    private static final double JITTER_MIN = 0.75; // RFC 4271, section 10

    private final String name;
    private final PeerConfig config;
    private final SpeakerConfig speaker;
    private final Negotiation negotiation;
    private final SessionClock clock;
    private final RandomGenerator random;
    private final Consumer<Peer> onClosed;
    private final Counters counters = new Counters();
    private final LinkedBlockingQueue<Runnable> inputs = new LinkedBlockingQueue<>();
    private final CountDownLatch loopEnded = new CountDownLatch(1);
    private final Deliveries deliveries;
    private final List<Machine> machines = new ArrayList<>();
    private Optional<Socket> connecting = Optional.empty();
    private boolean stopped;
    private boolean attributeErrorLogged;
    private volatile Optional<Session> session = Optional.empty();
    private volatile Optional<Connection> lastConnection = Optional.empty();
    private volatile DownReason lastError = new DownReason.None();
    private volatile Phase phase;

    /// The established session, as the sending methods need it.
    private record Session(Connection connection, Negotiated negotiated) {}

    private record Phase(State state, Instant since) {}

    Peer(
            SpeakerConfig speaker,
            PeerConfig config,
            RouteListener listener,
            SessionClock clock,
            RandomGenerator random,
            Consumer<Peer> onClosed) {
        this.name = "bgp-" + config.peerAddress();
        this.config = config;
        this.speaker = speaker;
        this.negotiation = new Negotiation(speaker, config);
        this.clock = clock;
        this.random = random;
        this.onClosed = onClosed;
        this.phase = new Phase(State.IDLE, clock.now());
        this.deliveries = new Deliveries(name, listener, _ -> post(this::resetAfterFailure));
    }

    void start() {
        if (!config.passive()) {
            machines.add(new Machine(name + "-connector", false, config, this, clock, this::post));
        }
        machines.add(new Machine(name + "-acceptor", true, config, this, clock, this::post));
        deliveries.start();
        Thread.ofVirtual().name(name + "-loop").start(this::loop);
        post(() -> machines.forEach(machine -> machine.handle(new Event.Start())));
    }

    PeerConfig config() {
        return config;
    }

    // The loop.

    private void post(Runnable input) {
        inputs.add(input);
    }

    private void loop() {
        try {
            while (!stopped) {
                inputs.take().run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error("{}: the peer is given up", name, bug);
            stop(Message.Notification.of(Cease.OUT_OF_RESOURCES));
        } finally {
            deliveries.add(new Deliveries.Delivery.End());
            loopEnded.countDown();
        }
    }

    private void stop(Message.Notification cease) {
        stopped = true;
        machines.forEach(machine -> machine.handle(new Event.Stop(cease)));
    }

    /// The listener did not take what the peer said: only from the beginning can it be right again.
    private void resetAfterFailure() {
        for (Machine machine : machines) {
            if (machine.state() == State.ESTABLISHED) {
                machine.explain("the program failed to take a route");
                machine.handle(new Event.Stop(Message.Notification.of(Cease.OUT_OF_RESOURCES)));
            }
        }
    }

    // Connections.

    /// Called by the speaker: the peer has connected to us.
    void accepted(Socket socket) {
        post(() -> {
            Machine acceptor = machines.getLast();
            boolean established = session.isPresent();
            if (stopped || established || acceptor.state() != State.ACTIVE) {
                log.debug("{}: refused a connection in {}", name, acceptor.state());
                closeQuietly(socket);
            } else {
                attach(acceptor, socket);
            }
        });
    }

    @Override
    public void connect(Machine machine) {
        Socket socket = new Socket();
        connecting = Optional.of(socket);
        Thread.ofVirtual()
                .name(name + "-connect")
                .start(() -> {
                    try {
                        open(socket);
                        post(() -> connected(machine, socket));
                    } catch (IOException error) {
                        post(() -> connectFailed(machine, socket, error));
                    }
                });
    }

    private void open(Socket socket) throws IOException {
        if (!config.localAddress().equals(Ipv4Address.ANY)) {
            socket.bind(new InetSocketAddress(inetAddress(config.localAddress()), 0));
        }
        socket.connect(new InetSocketAddress(inetAddress(config.peerAddress()), config.port()));
    }

    static InetAddress inetAddress(Ipv4Address address) throws IOException {
        return InetAddress.getByAddress(address.toBytes());
    }

    private void connected(Machine machine, Socket socket) {
        if (isConnecting(socket)) {
            connecting = Optional.empty();
            attach(machine, socket);
        } else {
            closeQuietly(socket);
        }
    }

    private void connectFailed(Machine machine, Socket socket, IOException error) {
        if (isConnecting(socket)) {
            connecting = Optional.empty();
            closeQuietly(socket);
            tcpFailed(machine, String.valueOf(error.getMessage()));
        }
    }

    private boolean isConnecting(Socket socket) {
        return connecting.isPresent() && connecting.get().equals(socket);
    }

    @Override
    public void giveUpConnecting(Machine machine) {
        if (!machine.isPassive()) {
            connecting.ifPresent(Peer::closeQuietly);
            connecting = Optional.empty();
        }
    }

    private void attach(Machine machine, Socket socket) {
        try {
            Connection connection =
                    new Connection(socket, machine.toString(), this, clock, counters);
            lastConnection = Optional.of(connection);
            machine.attach(connection);
        } catch (IOException error) {
            closeQuietly(socket);
            tcpFailed(machine, String.valueOf(error.getMessage()));
        }
    }

    private void tcpFailed(Machine machine, String detail) {
        lastError = new DownReason.ConnectionFailed(detail);
        machine.handle(new Event.TcpConnectionFails());
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed is what it should be.
        }
    }

    // What readers report.

    @Override
    public void received(Connection from, Message message) {
        post(() -> machineOf(from).ifPresent(machine -> dispatch(machine, from, message)));
    }

    @Override
    public void malformed(Connection from, MalformedMessage error) {
        post(() -> machineOf(from).ifPresent(machine -> refuse(machine, error)));
    }

    @Override
    public void ended(Connection from, String detail) {
        post(() -> machineOf(from).ifPresent(machine -> tcpFailed(machine, detail)));
    }

    /// None when the machine has given the connection up meanwhile.
    private Optional<Machine> machineOf(Connection connection) {
        return machines.stream()
                .filter(machine -> machine.connection().equals(Optional.of(connection)))
                .findFirst();
    }

    private void dispatch(Machine machine, Connection from, Message message) {
        switch (message) {
            case Message.Open open -> opened(machine, from, open);
            case Message.Update update -> {
                machine.handle(new Event.UpdateReceived(update));
                return; // the credit is released when the listener is done
            }
            case Message.Notification notification -> {
                lastError = new DownReason.NotificationReceived(notification);
                machine.handle(new Event.NotificationReceived(isVersionError(notification)));
            }
            case Message.Keepalive() -> machine.handle(new Event.KeepaliveReceived());
            case Message.RouteRefresh(AddressFamily family) ->
                    machine.handle(new Event.RouteRefreshReceived(family));
        }
        from.release(1);
    }

    private static boolean isVersionError(Message.Notification notification) {
        return notification.code() == NotificationCode.OPEN_MESSAGE_ERROR.code()
                && notification.subcode() == OpenError.UNSUPPORTED_VERSION_NUMBER.subcode();
    }

    private static void refuse(Machine machine, MalformedMessage error) {
        Message.Notification answer = error.notification();
        machine.explain(error.detail());
        if (answer.code() == NotificationCode.OPEN_MESSAGE_ERROR.code()) {
            machine.handle(new Event.OpenError(answer));
        } else if (answer.code() == NotificationCode.UPDATE_MESSAGE_ERROR.code()) {
            machine.handle(new Event.UpdateError(answer));
        } else {
            machine.handle(new Event.HeaderError(answer));
        }
    }

    private void opened(Machine machine, Connection from, Message.Open open) {
        try {
            Negotiated agreed = negotiation.agree(open, from.localAddress());
            if (machine.state() != State.OPEN_SENT) {
                machine.handle(new Event.OpenReceived(agreed.holdTimeSeconds()));
                return;
            }
            Contest contest = contest(machine, open);
            if (contest == Contest.LOST) {
                machine.handle(new Event.OpenCollisionDump());
                return;
            }
            machine.agree(agreed);
            machine.handle(new Event.OpenReceived(agreed.holdTimeSeconds()));
            if (contest == Contest.WON) {
                other(machine).ifPresent(rival -> rival.handle(new Event.OpenCollisionDump()));
            }
        } catch (MalformedMessage error) {
            refuse(machine, error);
        }
    }

    /// What becomes of a connection when its OPEN arrives, given the other one.
    private enum Contest {
        WON,
        LOST,
        /// There is no other, or what it is will be known by its own OPEN.
        UNDECIDED
    }

    /// Collision detection (RFC 4271, section 6.8), a little earlier than it has to be.
    ///
    /// By the letter, the peer may be Established on the connection that we give up, because our
    /// KEEPALIVE was under way. So before that KEEPALIVE we give way to a connection of our own
    /// that TCP has up already (our OPEN on it tells the peer), or else stop trying to have one.
    private Contest contest(Machine machine, Message.Open open) {
        Optional<Machine> other = other(machine);
        if (other.isEmpty()) {
            return Contest.UNDECIDED;
        }
        Machine rival = other.get();
        if (rival.state() == State.ESTABLISHED) {
            return Contest.LOST;
        }
        Collision verdict =
                Collision.resolve(
                        speaker.routerId(), speaker.localAs(), open.bgpIdentifier(), open.as());
        boolean isKept = machine.isPassive() == (verdict == Collision.KEEP_THEIRS);
        boolean rivalIsOursAndUp = machine.isPassive() && rival.state() == State.OPEN_SENT;
        if (!isKept && (rival.hasSession() || rivalIsOursAndUp)) {
            return Contest.LOST;
        }
        return machine.isPassive() || isKept && rival.hasSession()
                ? Contest.WON
                : Contest.UNDECIDED;
    }

    private Optional<Machine> other(Machine machine) {
        return machines.stream().filter(one -> !one.equals(machine)).findFirst();
    }

    // What machines want done.

    @Override
    public Message.Open open() {
        return negotiation.open();
    }

    @Override
    public long jittered(long nanos) {
        return (long) (nanos * (JITTER_MIN + (1 - JITTER_MIN) * random.nextDouble()));
    }

    @Override
    public void established(Machine machine) {
        Negotiated agreed = machine.negotiated().orElseThrow();
        session = Optional.of(new Session(machine.connection().orElseThrow(), agreed));
        attributeErrorLogged = false;
        counters.sessionsEstablished.increment();
        log.info("{}: established, {}", name, agreed);
        deliveries.add(new Deliveries.Delivery.Established(agreed));
        other(machine).ifPresent(other -> other.handle(new Event.OpenCollisionDump()));
    }

    @Override
    public void update(Machine machine, Message.Update update) {
        counters.received(update);
        if (!update.errors().isEmpty() && !attributeErrorLogged) {
            attributeErrorLogged = true; // the counter tells of the others
            log.warn("{}: UPDATE with {}", name, update.errors());
        }
        Connection from = machine.connection().orElseThrow();
        if (update.changes().isEmpty()) {
            from.release(1);
        } else {
            deliveries.add(new Deliveries.Delivery.Updates(from, update.changes()));
        }
    }

    @Override
    public void routeRefresh(Machine machine, AddressFamily family) {
        if (speaks(family)) {
            deliveries.add(new Deliveries.Delivery.RouteRefresh(family));
        }
    }

    @Override
    public void down() {
        session = Optional.empty();
        counters.sessionsDropped.increment();
        log.info("{}: down, {}", name, lastError);
        deliveries.add(new Deliveries.Delivery.Down(lastError));
    }

    @Override
    public void ended(DownReason reason) {
        lastError = reason;
    }

    @Override
    public void transitioned(Machine machine) {
        State furthest = State.IDLE;
        boolean hasSession = false;
        for (Machine one : machines) {
            furthest = one.state().compareTo(furthest) > 0 ? one.state() : furthest;
            hasSession |= one.hasSession();
        }
        if (furthest != phase.state()) {
            phase = new Phase(furthest, clock.now());
        }
        if (!stopped && !hasSession) {
            machines.stream().filter(Machine::isStuckInIdle).forEach(Machine::rest);
        }
    }

    // What programs call, on any thread.

    @Override
    public boolean announce(RouteUpdate.Announced announced) {
        return toPeer(announced.family(), routes -> routes.announce(announced));
    }

    @Override
    public boolean withdraw(RouteUpdate.Withdrawn withdrawn) {
        if (withdrawn.isEndOfRib()) {
            throw new IllegalArgumentException("nothing to withdraw; use endOfRib");
        }
        return toPeer(withdrawn.family(), routes -> routes.withdraw(withdrawn));
    }

    @Override
    public boolean endOfRib(AddressFamily family) {
        return toPeer(family, routes -> routes.endOfRib(family));
    }

    private boolean toPeer(AddressFamily family, Consumer<PendingRoutes> change) {
        return session.filter(live -> live.negotiated().families().contains(family))
                .map(live -> live.connection().outbox().changeRoutes(change))
                .orElse(false);
    }

    private boolean speaks(AddressFamily family) {
        return session.filter(live -> live.negotiated().families().contains(family)).isPresent();
    }

    @Override
    public boolean requestRefresh(AddressFamily family) {
        Optional<Session> live = session.filter(one -> one.negotiated().routeRefresh());
        if (live.isEmpty() || !speaks(family)) {
            return false;
        }
        live.get()
                .connection()
                .outbox()
                .send(Octets.of(MessageCodec.encode(new Message.RouteRefresh(family))));
        return true;
    }

    @Override
    public PeerStatus status() {
        Phase now = phase;
        return new PeerStatus(
                config,
                now.state(),
                now.since(),
                session.map(Session::negotiated),
                counters.snapshot(),
                lastError);
    }

    @Override
    public void close(Cease reason) {
        post(() -> stop(Message.Notification.of(reason)));
        try {
            loopEnded.await();
            onClosed.accept(this);
            Optional<Connection> last = lastConnection;
            if (last.isPresent()) {
                last.get().awaitWritten();
            }
            deliveries.awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
