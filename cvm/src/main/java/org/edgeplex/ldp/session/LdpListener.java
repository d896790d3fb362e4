package org.edgeplex.ldp.session;

import java.util.List;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// What happens, as it happens, on the speaker's thread: do not block.
///
/// Between `sessionUp` and `sessionDown` of a peer the calls tell its addresses and bindings;
/// `sessionDown` ends all of them without further calls.
public interface LdpListener {
    void neighborHeard(Neighbor neighbor);

    void neighborLost(Neighbor neighbor);

    void sessionUp(Neighbor neighbor);

    void sessionDown(Neighbor neighbor, SessionDownReason reason);

    /// All addresses that the peer has now.
    void addressesChanged(LdpIdentifier peer, List<Ipv4Address> addresses);

    /// A new binding, or another label for a known FEC.
    void mappingReceived(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label);

    void mappingWithdrawn(LdpIdentifier peer, Ipv4Prefix fec);
}
