package org.edgeplex.bgp.session;

import java.util.Set;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.DecodeContext;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.Ipv4Address;

/// What the two OPEN messages of a session agreed on, and between which addresses.
///
/// `holdTimeSeconds` 0 means that neither hold timer nor KEEPALIVEs are used.
public record Negotiated(
        Message.Open peerOpen,
        PeerType peerType,
        boolean fourOctetAs,
        boolean routeRefresh,
        Set<AddressFamily> families,
        int holdTimeSeconds,
        Ipv4Address localAddress,
        Ipv4Address peerAddress) {
    public Negotiated {
        families = Set.copyOf(families);
    }

    /// How the peer's messages are to be read.
    public DecodeContext decodeContext() {
        return new DecodeContext(peerType, fourOctetAs, families);
    }
}
