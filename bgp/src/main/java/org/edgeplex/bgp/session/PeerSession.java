package org.edgeplex.bgp.session;

import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.RouteUpdate;

/// One configured peer, as the program that has it uses it. Safe for use by any thread.
///
/// Nothing here blocks. What is to be sent is kept as the latest state of each route until the peer
/// takes it. The sending methods return false, and do nothing, while no session is established or
/// it does not speak the family: the routes are to be announced from [RouteListener#established].
public interface PeerSession {
    /// Attributes and next hop go out as they are: apply [org.edgeplex.bgp.policy] before.
    boolean announce(RouteUpdate.Announced announced);

    /// An empty withdrawal is refused: see [#endOfRib].
    boolean withdraw(RouteUpdate.Withdrawn withdrawn);

    /// Sends End-of-RIB once all that waits to be sent in the family has been.
    boolean endOfRib(AddressFamily family);

    /// Asks for all of the peer's routes again; false as well if it cannot do that (RFC 2918).
    boolean requestRefresh(AddressFamily family);

    PeerStatus status();

    /// Ends the session with a Cease and never starts it again; the peer is removed. Returns when
    /// the NOTIFICATION has left or could not, and [RouteListener#down] has returned.
    void close(Cease reason);
}
