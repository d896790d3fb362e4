package org.edgeplex.ldp.session;

import static org.edgeplex.ldp.discovery.LinkDiscovery.NEVER;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionAction;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.fsm.SessionEvent;
import org.edgeplex.ldp.fsm.SessionFsm;
import org.edgeplex.ldp.fsm.SessionState;
import org.edgeplex.ldp.fsm.SessionTransition;
import org.edgeplex.ldp.wire.IanaLdp;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.ldp.wire.Received;
import org.edgeplex.ldp.wire.SessionParameters;
import org.edgeplex.ldp.wire.Status;
import org.edgeplex.ldp.wire.StatusCode;
import org.edgeplex.ldp.wire.Tlv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The session with one neighbour: performs what `SessionFsm` decides.
final class PeerSession {
    /// Values up to here mean the default (RFC 5036, section 3.5.3, "Max PDU Length").
    private static final int MAX_PDU_LENGTH_UNSET = 255;

    /// KeepAlives sent per hold time, so that losing one is harmless.
    private static final int KEEP_ALIVES_PER_HOLD_TIME = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PeerSession.class);

    private final LdpConfig config;
    private final Neighbor neighbor;
    private final LabelExchange labels;
    private final LdpListener listener;
    private final IntSupplier messageIds;
    private final RetryDelay retryDelay = new RetryDelay();

    private SessionState state = SessionState.NON_EXISTENT;
    private Optional<Transport.Connection> connection = Optional.empty();
    private int maxPduLengthBytes = LdpPdu.DEFAULT_MAX_LENGTH_BYTES;
    private long holdTimeNanos = NEVER;
    private long holdDeadlineNanos = NEVER;
    private long keepAliveIntervalNanos = NEVER;
    private long keepAliveDueNanos = NEVER;
    private long connectDueNanos = NEVER;

    PeerSession(
            LdpConfig config,
            Neighbor neighbor,
            LabelExchange labels,
            LdpListener listener,
            IntSupplier messageIds) {
        this.config = config;
        this.neighbor = neighbor;
        this.labels = labels;
        this.listener = listener;
        this.messageIds = messageIds;
    }

    Neighbor neighbor() {
        return neighbor;
    }

    SessionState state() {
        return state;
    }

    boolean owns(Transport.Connection other) {
        return connection.isPresent() && connection.get().equals(other);
    }

    /// The greater transport address opens the connection (RFC 5036, section 2.5.2).
    boolean isActive() {
        return config.transportAddress().compareTo(neighbor.transportAddress()) > 0;
    }

    void connectAt(long dueNanos) {
        connectDueNanos = dueNanos;
    }

    boolean isConnectDue(long nowNanos) {
        return nowNanos >= connectDueNanos;
    }

    /// A connection is being opened by us.
    void connecting(Transport.Connection opening) {
        connectDueNanos = NEVER;
        connection = Optional.of(opening);
    }

    void connectedActive(long nowNanos) {
        step(new SessionEvent.ConnectedActive(), nowNanos);
    }

    void connectedPassive(Transport.Connection accepted, long nowNanos) {
        connection = Optional.of(accepted);
        step(new SessionEvent.ConnectedPassive(), nowNanos);
    }

    void onClosed(long nowNanos) {
        if (state == SessionState.NON_EXISTENT) {
            connection = Optional.empty(); // could not be opened
            retryLater(new SessionDownReason.ConnectionLost(), nowNanos);
        } else {
            step(new SessionEvent.ConnectionLost(), nowNanos);
        }
    }

    void stop(SessionEvent event, long nowNanos) {
        step(event, nowNanos);
        connection.ifPresent(Transport.Connection::close); // one still being opened
        connection = Optional.empty();
        connectDueNanos = NEVER;
    }

    void onBrokenStream(Status status, long nowNanos) {
        protocolError(status, nowNanos);
    }

    void onPdu(LdpPdu pdu, long nowNanos) {
        if (!pdu.sender().equals(neighbor.id())) {
            protocolError(Status.of(StatusCode.BAD_LDP_IDENTIFIER), nowNanos);
            return;
        }
        for (Received received : pdu.contents()) {
            if (connection.isEmpty()) {
                return; // the message before ended the session
            }
            receive(received, nowNanos);
        }
    }

    private void receive(Received received, long nowNanos) {
        switch (received) {
            case Received.Accepted(LdpMessage message) -> receive(message, nowNanos);
            case Received.Ignored(int type, _) -> {
                LOG.debug("{} sent unknown message 0x{}", neighbor.id(), Integer.toHexString(type));
                step(new SessionEvent.KeepAliveReceived(), nowNanos);
            }
            case Received.Refused(Status status, String detail) -> {
                LOG.warn("{} sent {}: {}", neighbor.id(), status.describe(), detail);
                if (status.fatal()) {
                    protocolError(status, nowNanos);
                } else {
                    step(new SessionEvent.OtherMessageReceived(), nowNanos);
                    send(List.of(notification(status)), nowNanos);
                }
            }
        }
    }

    private void receive(LdpMessage message, long nowNanos) {
        switch (message) {
            case LdpMessage.Initialization initialization ->
                    step(judge(initialization.parameters()), nowNanos);
            case LdpMessage.KeepAlive _ -> step(new SessionEvent.KeepAliveReceived(), nowNanos);
            case LdpMessage.Notification(_, Status status, _) when status.fatal() ->
                    step(new SessionEvent.FatalNotificationReceived(status.code()), nowNanos);
            case LdpMessage.Hello _ -> {
                LOG.warn("{} sent a Hello over TCP, ignored", neighbor.id());
                step(new SessionEvent.KeepAliveReceived(), nowNanos);
            }
            case LdpMessage.Notification _,
                    LdpMessage.Address _,
                    LdpMessage.AddressWithdraw _,
                    LdpMessage.LabelMapping _,
                    LdpMessage.LabelRequest _,
                    LdpMessage.LabelAbortRequest _,
                    LdpMessage.LabelWithdraw _,
                    LdpMessage.LabelRelease _ -> {
                if (step(new SessionEvent.OtherMessageReceived(), nowNanos)) {
                    send(labels.receive(neighbor.id(), message), nowNanos);
                }
            }
        }
    }

    /// RFC 5036, section 3.5.3. Different advertisement modes end in downstream unsolicited.
    private SessionEvent judge(SessionParameters theirs) {
        if (theirs.protocolVersion() != IanaLdp.PROTOCOL_VERSION) {
            return new SessionEvent.InitializationRefused(StatusCode.BAD_PROTOCOL_VERSION);
        }
        if (!theirs.receiver().equals(config.self())) {
            return new SessionEvent.InitializationRefused(StatusCode.SESSION_REJECTED_NO_HELLO);
        }
        if (theirs.keepAliveTimeSeconds() == 0) {
            return new SessionEvent.InitializationRefused(
                    StatusCode.SESSION_REJECTED_BAD_KEEP_ALIVE_TIME);
        }
        int maxPdu =
                theirs.maxPduLengthBytes() <= MAX_PDU_LENGTH_UNSET
                        ? LdpPdu.DEFAULT_MAX_LENGTH_BYTES
                        : theirs.maxPduLengthBytes();
        return new SessionEvent.InitializationAccepted(
                Math.min(config.keepAliveTimeSeconds(), theirs.keepAliveTimeSeconds()),
                Math.min(LdpPdu.DEFAULT_MAX_LENGTH_BYTES, maxPdu));
    }

    void onTime(long nowNanos) {
        if (nowNanos >= holdDeadlineNanos) {
            step(new SessionEvent.HoldTimerExpired(), nowNanos);
        }
        if (nowNanos >= keepAliveDueNanos) {
            step(new SessionEvent.KeepAliveTimerExpired(), nowNanos);
        }
    }

    long nextDeadlineNanos() {
        return Math.min(connectDueNanos, Math.min(holdDeadlineNanos, keepAliveDueNanos));
    }

    void send(List<LdpMessage> messages, long nowNanos) {
        if (messages.isEmpty() || connection.isEmpty()) {
            return;
        }
        for (byte[] pdu : LdpPdu.encode(config.self(), messages, maxPduLengthBytes)) {
            connection.get().send(pdu);
        }
        if (keepAliveIntervalNanos != NEVER) {
            keepAliveDueNanos = nowNanos + keepAliveIntervalNanos;
        }
    }

    private void protocolError(Status status, long nowNanos) {
        StatusCode code = StatusCode.of(status.code()).orElse(StatusCode.INTERNAL_ERROR);
        step(new SessionEvent.ProtocolErrorDetected(code), nowNanos);
    }

    /// The one place that assigns the state. Returns whether the message is to be delivered.
    private boolean step(SessionEvent event, long nowNanos) {
        SessionState before = state;
        SessionTransition transition = SessionFsm.step(state, event);
        state = transition.next();
        if (state != before) {
            LOG.info("LDP session {} {} -> {} on {}", neighbor.id(), before, state, event);
        }
        boolean deliver = false;
        for (SessionAction action : transition.actions()) {
            deliver |= action instanceof SessionAction.Deliver;
            perform(action, before, nowNanos);
        }
        return deliver;
    }

    private void perform(SessionAction action, SessionState before, long nowNanos) {
        switch (action) {
            case SessionAction.SendInitialization() -> send(List.of(initialization()), nowNanos);
            case SessionAction.SendKeepAlive() ->
                    send(
                            List.of(new LdpMessage.KeepAlive(messageIds.getAsInt(), List.of())),
                            nowNanos);
            case SessionAction.SendNotification(StatusCode status) ->
                    send(List.of(notification(Status.of(status))), nowNanos);
            case SessionAction.StartHoldTimer(int seconds) ->
                    holdDeadlineNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
            case SessionAction.Negotiated(int keepAliveSeconds, int maxPduBytes) -> {
                holdTimeNanos = TimeUnit.SECONDS.toNanos(keepAliveSeconds);
                keepAliveIntervalNanos = holdTimeNanos / KEEP_ALIVES_PER_HOLD_TIME;
                keepAliveDueNanos = nowNanos + keepAliveIntervalNanos;
                maxPduLengthBytes = maxPduBytes;
                connection.ifPresent(open -> open.limitPdu(maxPduBytes));
            }
            case SessionAction.RestartHoldTimer() -> holdDeadlineNanos = nowNanos + holdTimeNanos;
            case SessionAction.Deliver() -> {
                // The caller holds the message.
            }
            case SessionAction.ReportUp() -> {
                retryDelay.reset();
                listener.sessionUp(neighbor);
                send(labels.greeting(config.addresses()), nowNanos);
            }
            case SessionAction.Close(SessionDownReason reason) -> close(reason, before, nowNanos);
        }
    }

    private void close(SessionDownReason reason, SessionState before, long nowNanos) {
        connection.ifPresent(Transport.Connection::close);
        connection = Optional.empty();
        holdDeadlineNanos = NEVER;
        keepAliveIntervalNanos = NEVER;
        keepAliveDueNanos = NEVER;
        maxPduLengthBytes = LdpPdu.DEFAULT_MAX_LENGTH_BYTES;
        if (before == SessionState.OPERATIONAL) {
            labels.forget(neighbor.id());
            listener.sessionDown(neighbor, reason);
        } else {
            LOG.info("LDP session {} not established: {}", neighbor.id(), reason);
        }
        retryLater(reason, nowNanos);
    }

    private void retryLater(SessionDownReason reason, long nowNanos) {
        if (isActive()) {
            connectDueNanos = nowNanos + retryDelay.nextNanos(reason);
        }
    }

    private LdpMessage initialization() {
        return new LdpMessage.Initialization(
                messageIds.getAsInt(),
                SessionParameters.propose(
                        config.keepAliveTimeSeconds(),
                        LdpPdu.DEFAULT_MAX_LENGTH_BYTES,
                        neighbor.id()),
                List.of(new Tlv.TypedWildcardCapability(true)));
    }

    private LdpMessage notification(Status status) {
        return new LdpMessage.Notification(messageIds.getAsInt(), status, List.of());
    }
}
