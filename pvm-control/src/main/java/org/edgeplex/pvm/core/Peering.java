package org.edgeplex.pvm.core;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.net.Ipv4Address;
import org.jspecify.annotations.Nullable;

/// Opens and closes the customer's session until it is the one that is wanted.
///
/// At most one session exists; the next is opened when the last has been closed, since both use the
/// same port and the same peer.
final class Peering {
    sealed interface State {
        record NoSession() implements State {}

        record Open(long session, PeerSpec peer, boolean established) implements State {}

        record Closing(long session, State next) implements State {}

        /// Rests before it tries the same peer again.
        record Resting(PeerSpec peer, IdleReason reason, long untilNanos) implements State {}
    }

    /// A session that could not even be opened is tried again after this.
    private static final long OPEN_RETRY_NANOS = 5_000_000_000L;

    private State state = new State.NoSession();
    private long lastSession;
    private @Nullable PeerSpec wanted;
    private @Nullable Ipv4Address readyAddress;

    State state() {
        return state;
    }

    void want(PeerSpec peer) {
        wanted = peer;
    }

    void wantNone() {
        wanted = null;
    }

    /// Sessions can be bound to this address.
    void linkReady(Ipv4Address address) {
        readyAddress = address;
    }

    /// The session that is up or coming up, if it has this number.
    Optional<State.Open> open(long session) {
        return state instanceof State.Open open && open.session() == session
                ? Optional.of(open)
                : Optional.empty();
    }

    void setEstablished(State.Open open, boolean established) {
        state = new State.Open(open.session(), open.peer(), established);
    }

    /// Empty while there is a session, up or coming up.
    Optional<IdleReason> idleReason() {
        return switch (state) {
            case State.Open _ -> Optional.empty();
            case State.Resting(_, IdleReason reason, _) -> Optional.of(reason);
            case State.Closing(_, State.Resting(_, IdleReason reason, _)) -> Optional.of(reason);
            case State.Closing _ -> Optional.of(IdleReason.CLOSING);
            case State.NoSession() ->
                    Optional.of(wanted == null ? IdleReason.NO_PEER : IdleReason.AWAITING_LINK);
        };
    }

    /// Closes the session and rests.
    Action closeAndRest(State.Open open, Cease cease, IdleReason reason, long untilNanos) {
        state =
                new State.Closing(
                        open.session(), new State.Resting(open.peer(), reason, untilNanos));
        return new Action.CloseSession(open.session(), cease);
    }

    /// The peer or its limits were changed by hand: what made us rest may be over.
    void endRest() {
        switch (state) {
            case State.Resting _ -> state = new State.NoSession();
            case State.Closing(long session, _) ->
                    state = new State.Closing(session, new State.NoSession());
            case State.NoSession _, State.Open _ -> {}
        }
    }

    void closed(long session, long nowNanos) {
        if (state instanceof State.Closing(long closing, State next) && closing == session) {
            state = next;
        } else if (state instanceof State.Open(long open, PeerSpec peer, _) && open == session) {
            state = new State.Resting(peer, IdleReason.OPEN_FAILED, nowNanos + OPEN_RETRY_NANOS);
        }
    }

    /// The next step towards what is wanted, if there is one to do now.
    List<Action> step(long nowNanos) {
        if (state instanceof State.Resting(PeerSpec peer, _, long untilNanos)
                && (nowNanos - untilNanos >= 0 || !peer.equals(wanted))) {
            state = new State.NoSession();
        }
        return switch (state) {
            case State.NoSession() -> openIfWanted();
            case State.Open open when !open.peer().equals(wanted) -> {
                state = new State.Closing(open.session(), new State.NoSession());
                yield List.of(new Action.CloseSession(open.session(), reason()));
            }
            case State.Open _, State.Closing _, State.Resting _ -> List.of();
        };
    }

    private List<Action> openIfWanted() {
        PeerSpec peer = wanted;
        if (peer == null || !Objects.equals(peer.localAddress(), readyAddress)) {
            return List.of();
        }
        state = new State.Open(++lastSession, peer, false);
        return List.of(new Action.OpenSession(lastSession, peer));
    }

    private Cease reason() {
        return wanted == null ? Cease.PEER_DECONFIGURED : Cease.OTHER_CONFIGURATION_CHANGE;
    }
}
