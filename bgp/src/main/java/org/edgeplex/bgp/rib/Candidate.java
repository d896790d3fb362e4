package org.edgeplex.bgp.rib;

import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.Ipv4Address;

/// A route as the decision process sees it: its attributes, and where it came from.
public record Candidate(PathAttributes attributes, Source source) {

    /// Where a route came from.
    public sealed interface Source {
        /// From ourselves: static, connected, redistributed; preferred before all that was learnt.
        record Local() implements Source {}

        /// From a BGP peer. `interiorCost` is the IGP's distance to the next hop, 0 if not known.
        record Learned(
                PeerType peerType,
                Ipv4Address bgpIdentifier,
                Ipv4Address peerAddress,
                long interiorCost)
                implements Source {}
    }
}
