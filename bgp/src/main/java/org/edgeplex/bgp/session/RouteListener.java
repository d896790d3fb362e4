package org.edgeplex.bgp.session;

import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.RouteUpdate;

/// What a program wants to know of one peer.
///
/// All calls for one peer come in order on one virtual thread. A call may block: the peer is slowed
/// down (back-pressure), its session goes on. Between `established` and `down` all calls belong to
/// one session; `down` comes exactly once for each `established`.
public interface RouteListener {
    /// The session is up; from now on routes can be sent. Announce everything, then End-of-RIB.
    void established(Negotiated negotiated);

    /// The changes of one or more UPDATEs, in order: as many as were waiting, at least one.
    ///
    /// RFC 7606 is done: what could not be understood is already a withdrawal. A batch may be
    /// written to a store in one go.
    void updates(List<RouteUpdate> changes);

    /// The peer has announced all of its routes of the family (RFC 4724, section 2).
    void endOfRib(AddressFamily family);

    /// The peer wants all of our routes of the family again (RFC 2918, section 4).
    void routeRefreshRequested(AddressFamily family);

    /// The session is over, and with it every route that the peer announced.
    void down(DownReason reason);
}
