package org.edgeplex.bgp.session;

import java.util.Optional;
import java.util.function.Consumer;
import org.edgeplex.bgp.fsm.Action;
import org.edgeplex.bgp.fsm.Event;
import org.edgeplex.bgp.fsm.Fsm;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.fsm.Transition;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.MessageCodec;
import org.edgeplex.bgp.wire.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of a peer's two machines, its timers and its connection; used by the peer's loop only.
final class Machine {
    private static final Logger log = LoggerFactory.getLogger(Machine.class);

    /// What a machine needs of its peer.
    interface Owner {
        void connect(Machine machine);

        void giveUpConnecting(Machine machine);

        Message.Open open();

        void established(Machine machine);

        void update(Machine machine, Message.Update update);

        void routeRefresh(Machine machine, AddressFamily family);

        void down();

        void ended(DownReason reason);

        /// A period shortened by jitter (RFC 4271, section 10).
        long jittered(long nanos);

        void transitioned(Machine machine);
    }

    private final String name;
    private final Fsm fsm;
    private final PeerConfig config;
    private final Owner owner;
    private final RestartableTimer connectRetryTimer;
    private final RestartableTimer idleHoldTimer;
    private final RestartableTimer holdTimer;
    private final RestartableTimer keepaliveTimer;
    private final RestartableTimer sendHoldTimer;
    private State state = State.IDLE;
    private Optional<Connection> connection = Optional.empty();
    private Optional<Negotiated> negotiated = Optional.empty();
    private Optional<Octets> lastWord = Optional.empty();
    private long keepaliveNanos;
    private long sendHoldNanos;
    private int connectRetryCounter;
    private String detail = "";

    Machine(
            String name,
            boolean passive,
            PeerConfig config,
            Owner owner,
            SessionClock clock,
            Consumer<Runnable> loop) {
        this.name = name;
        this.fsm = new Fsm(passive);
        this.config = config;
        this.owner = owner;
        connectRetryTimer =
                new RestartableTimer(
                        clock, loop, () -> handle(new Event.ConnectRetryTimerExpires()));
        idleHoldTimer =
                new RestartableTimer(clock, loop, () -> handle(new Event.IdleHoldTimerExpires()));
        holdTimer = new RestartableTimer(clock, loop, this::holdTimerExpired);
        keepaliveTimer =
                new RestartableTimer(clock, loop, () -> handle(new Event.KeepaliveTimerExpires()));
        sendHoldTimer = new RestartableTimer(clock, loop, this::sendHoldTimerExpired);
    }

    State state() {
        return state;
    }

    Optional<Connection> connection() {
        return connection;
    }

    Optional<Negotiated> negotiated() {
        return negotiated;
    }

    boolean isPassive() {
        return fsm.passive();
    }

    boolean hasSession() {
        return state == State.OPEN_CONFIRM || state == State.ESTABLISHED;
    }

    /// In Idle, with nothing that would end it.
    boolean isStuckInIdle() {
        return state == State.IDLE && !idleHoldTimer.isRunning();
    }

    /// A short rest in Idle, then a new start.
    void rest() {
        idleHoldTimer.start(owner.jittered(RestartableTimer.seconds(config.idleHoldSeconds())));
    }

    void attach(Connection opened) {
        connection = Optional.of(opened);
        opened.start();
        handle(new Event.TcpConnected());
    }

    void agree(Negotiated agreed) {
        negotiated = Optional.of(agreed);
        connection.ifPresent(current -> current.agree(agreed.decodeContext()));
    }

    /// Words to go with the NOTIFICATION that the next event leads to.
    void explain(String words) {
        detail = words;
    }

    void handle(Event event) {
        Transition transition = fsm.step(state, event);
        if (transition.next() != state) {
            log.debug(
                    "{}: {} -> {} on {}, {} failures",
                    name,
                    state,
                    transition.next(),
                    event,
                    connectRetryCounter);
        }
        if (state == State.IDLE && transition.next() != State.IDLE) {
            // Left by another event: it would be an FSM error in any other state.
            idleHoldTimer.stop();
        }
        state = transition.next();
        transition.actions().forEach(this::perform);
        detail = "";
        owner.transitioned(this);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Connect() -> owner.connect(this);
            case Action.DropConnection() -> dropConnection();
            case Action.SendOpen() -> send(owner.open());
            case Action.SendKeepalive() -> send(new Message.Keepalive());
            case Action.SendNotification(Message.Notification notification) -> {
                lastWord = Optional.of(Octets.of(MessageCodec.encode(notification)));
                owner.ended(new DownReason.NotificationSent(notification, detail));
            }
            case Action.StartConnectRetryTimer() ->
                    connectRetryTimer.start(
                            owner.jittered(RestartableTimer.seconds(config.connectRetrySeconds())));
            case Action.StopConnectRetryTimer() -> connectRetryTimer.stop();
            case Action.StartIdleHoldTimer() -> rest();
            case Action.StartHoldTimer(int seconds) ->
                    holdTimer.start(RestartableTimer.seconds(seconds));
            case Action.RestartHoldTimer() -> holdTimer.restart();
            case Action.StartKeepaliveTimer(int seconds) -> {
                keepaliveNanos = RestartableTimer.seconds(seconds);
                keepaliveTimer.start(owner.jittered(keepaliveNanos));
            }
            case Action.RestartKeepaliveTimer() ->
                    keepaliveTimer.start(owner.jittered(keepaliveNanos));
            case Action.StartSendHoldTimer(int seconds) -> {
                sendHoldNanos = RestartableTimer.seconds(seconds);
                sendHoldTimer.start(sendHoldNanos);
            }
            case Action.StopAllTimers() -> stopAllTimers();
            case Action.IncrementConnectRetryCounter() -> connectRetryCounter++;
            case Action.ResetConnectRetryCounter() -> connectRetryCounter = 0;
            case Action.DeliverEstablished() -> owner.established(this);
            case Action.DeliverUpdate(Message.Update update) -> owner.update(this, update);
            case Action.DeliverRouteRefresh(AddressFamily family) ->
                    owner.routeRefresh(this, family);
            case Action.DeliverDown() -> owner.down();
        }
    }

    private void send(Message message) {
        Octets bytes = Octets.of(MessageCodec.encode(message));
        connection.ifPresent(current -> current.outbox().send(bytes));
    }

    private void dropConnection() {
        owner.giveUpConnecting(this);
        connection.ifPresent(current -> current.close(lastWord));
        connection = Optional.empty();
        negotiated = Optional.empty();
        lastWord = Optional.empty();
    }

    private void stopAllTimers() {
        connectRetryTimer.stop();
        idleHoldTimer.stop();
        holdTimer.stop();
        keepaliveTimer.stop();
        sendHoldTimer.stop();
    }

    /// A peer whose bytes we have not read is not silent: we are slow.
    private void holdTimerExpired() {
        if (connection.map(Connection::hasUnreadInput).orElse(false)) {
            holdTimer.restart();
        } else {
            handle(new Event.HoldTimerExpires());
        }
    }

    /// RFC 9687: what counts is how long one message could not be sent.
    private void sendHoldTimerExpired() {
        long blockedNanos = connection.map(Connection::sendBlockedNanos).orElse(0L);
        if (blockedNanos >= sendHoldNanos) {
            handle(new Event.SendHoldTimerExpires());
        } else {
            sendHoldTimer.restart(sendHoldNanos - blockedNanos);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
