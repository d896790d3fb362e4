package org.edgeplex.pvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.PeerStatus;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.pvm.core.ControlCore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;
import org.jspecify.annotations.Nullable;

/// Keeps the `sessions` record of the customer's session true.
///
/// A change of state or detail is written at once, counters alone every few seconds: a record that
/// changed with each KEEPALIVE would be news to every reader of the feed.
final class SessionRecorder {
    private static final long COUNTERS_EVERY_NANOS = 5_000_000_000L;

    private final StateWriter writer;
    private final String holder;

    /// The epoch of each peer that has a record.
    private final Map<Ipv4Address, Long> epochs = new HashMap<>();

    private List<Ipv4Address> peers = List.of();
    private @Nullable SessionStatus written;
    private long writtenNanos;
    private long epoch;
    private long lastEstablishedCount;

    /// @param scans of `sessions`: what earlier lives left there
    SessionRecorder(TableScans scans, StateWriter writer, String holder) {
        this.writer = writer;
        this.holder = holder;
        for (Stored<SessionKey, SessionStatus> record :
                scans.take(Tables.SESSIONS, OnDamage.SKIP)) {
            if (record.key().holder().equals(holder)) {
                epochs.put(record.key().peer(), record.value().epoch());
            }
        }
    }

    /// Removes the records of all other peers; how often this one came up is read on.
    void retain(List<Ipv4Address> wanted) {
        if (!wanted.equals(peers)) {
            written = null;
            epoch = 0;
        }
        peers = wanted;
        Map.copyOf(epochs)
                .forEach((peer, last) -> {
                    if (wanted.contains(peer)) {
                        epoch = Math.max(epoch, last);
                    } else {
                        writer.remove(Tables.SESSIONS, key(peer));
                        epochs.remove(peer);
                    }
                });
    }

    /// A new session has its own counters.
    void opened() {
        lastEstablishedCount = 0;
    }

    void record(PeerStatus status, ControlCore core, long nowNanos) {
        long establishedCount = status.counters().sessionsEstablished();
        epoch += establishedCount - lastEstablishedCount;
        lastEstablishedCount = establishedCount;
        write(
                status.config().peerAddress(),
                new SessionStatus(
                        word(status.state()),
                        status.since().toEpochMilli(),
                        epoch,
                        status.counters().messagesReceived(),
                        status.counters().messagesSent(),
                        detail(status, core)),
                nowNanos);
    }

    /// There is no session, and why.
    void recordIdle(String reason, long nowMillis, long nowNanos) {
        SessionStatus last =
                Objects.requireNonNullElseGet(
                        written,
                        () -> new SessionStatus(word(State.IDLE), nowMillis, epoch, 0, 0, ""));
        long sinceMillis = last.state().equals(word(State.IDLE)) ? last.sinceMillis() : nowMillis;
        for (Ipv4Address peer : peers) {
            write(
                    peer,
                    new SessionStatus(
                            word(State.IDLE),
                            sinceMillis,
                            epoch,
                            last.messagesReceived(),
                            last.messagesSent(),
                            reason),
                    nowNanos);
        }
    }

    private void write(Ipv4Address peer, SessionStatus status, long nowNanos) {
        if (!peers.contains(peer) || status.equals(written)) {
            return;
        }
        SessionStatus last = written;
        boolean news =
                last == null
                        || !last.state().equals(status.state())
                        || !last.detail().equals(status.detail())
                        || last.epoch() != status.epoch();
        if (news || nowNanos - writtenNanos >= COUNTERS_EVERY_NANOS) {
            writer.put(Tables.SESSIONS, key(peer), status);
            epochs.put(peer, status.epoch());
            written = status;
            writtenNanos = nowNanos;
        }
    }

    private SessionKey key(Ipv4Address peer) {
        return new SessionKey(holder, SessionKey.Protocol.BGP, peer);
    }

    /// RFC 4271, section 8.2.2.
    static String word(State state) {
        return switch (state) {
            case IDLE -> "Idle";
            case CONNECT -> "Connect";
            case ACTIVE -> "Active";
            case OPEN_SENT -> "OpenSent";
            case OPEN_CONFIRM -> "OpenConfirm";
            case ESTABLISHED -> "Established";
        };
    }

    private static String detail(PeerStatus status, ControlCore core) {
        List<String> parts = new ArrayList<>();
        Optional<Negotiated> negotiated = status.negotiated();
        if (negotiated.isPresent()) {
            parts.add("AS " + status.config().peerAs());
            parts.add("hold time " + negotiated.get().holdTimeSeconds() + " s");
            parts.add(core.learntCount() + " prefixes received");
            parts.add(core.announcedCount() + " announced");
        }
        if (!(status.lastError() instanceof DownReason.None)) {
            parts.add("last error: " + status.lastError());
        }
        if (!core.rejects().isEmpty()) {
            parts.add("rejected: " + core.rejects());
        }
        return String.join("; ", parts);
    }
}
