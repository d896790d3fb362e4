package org.edgeplex.cvm;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;

/// The `sessions` records of this program: the state of each session, and its epoch, which counts
/// its lives over all lives of ours.
final class SessionBook {
    private final StateWriter writer;
    private final String holder;
    private final LongSupplier wallClockMillis;
    private final Map<SessionKey, SessionStatus> known = new HashMap<>();

    SessionBook(TableScans scans, StateWriter writer, String holder, LongSupplier wallClockMillis) {
        this.writer = writer;
        this.holder = holder;
        this.wallClockMillis = wallClockMillis;
        for (Stored<SessionKey, SessionStatus> each : scans.take(Tables.SESSIONS, OnDamage.SKIP)) {
            if (each.key().holder().equals(holder)) {
                known.put(each.key(), each.value());
            }
        }
    }

    /// The epoch of the session's latest life; 0 if it never was up.
    long epoch(SessionKey.Protocol protocol, Ipv4Address peer) {
        SessionStatus status = known.get(key(protocol, peer));
        return status == null ? 0 : status.epoch();
    }

    /// The session came up: a new epoch, in the store when this returns.
    long begin(SessionKey.Protocol protocol, Ipv4Address peer, String state, String detail) {
        long epoch = epoch(protocol, peer) + 1;
        put(
                key(protocol, peer),
                new SessionStatus(state, wallClockMillis.getAsLong(), epoch, 0, 0, detail));
        return epoch;
    }

    /// Notes a state without a new epoch, if it is news.
    void note(
            SessionKey.Protocol protocol,
            Ipv4Address peer,
            String state,
            String detail,
            long received,
            long sent) {
        SessionKey key = key(protocol, peer);
        SessionStatus before = known.get(key);
        long sinceMillis =
                before != null && before.state().equals(state)
                        ? before.sinceMillis()
                        : wallClockMillis.getAsLong();
        long epoch = before == null ? 0 : before.epoch();
        SessionStatus now = new SessionStatus(state, sinceMillis, epoch, received, sent, detail);
        if (!now.equals(before)) {
            put(key, now);
        }
    }

    void forget(SessionKey.Protocol protocol, Ipv4Address peer) {
        SessionKey key = key(protocol, peer);
        if (known.remove(key) != null) {
            writer.remove(Tables.SESSIONS, key);
        }
    }

    private void put(SessionKey key, SessionStatus status) {
        writer.put(Tables.SESSIONS, key, status);
        known.put(key, status);
    }

    private SessionKey key(SessionKey.Protocol protocol, Ipv4Address peer) {
        return new SessionKey(holder, protocol, peer);
    }
}
