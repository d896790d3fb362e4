package org.edgeplex.bgp.session;

import java.time.Instant;
import java.util.Optional;
import org.edgeplex.bgp.fsm.State;

/// What a tool shows of a peer, at one moment.
///
/// `negotiated` is there while `state` is `ESTABLISHED`.
public record PeerStatus(
        PeerConfig config,
        State state,
        Instant since,
        Optional<Negotiated> negotiated,
        PeerCounters counters,
        DownReason lastError) {}
