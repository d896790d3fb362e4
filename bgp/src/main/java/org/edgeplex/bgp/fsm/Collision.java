package org.edgeplex.bgp.fsm;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// Which of two connections between the same speakers is kept (RFC 4271, section 6.8).
public enum Collision {
    /// The one that we opened.
    KEEP_OURS,
    /// The one that the peer opened.
    KEEP_THEIRS;

    /// The speaker with the higher identifier keeps the connection that it opened; with equal
    /// identifiers the one with the higher AS number (RFC 6286, section 2.3).
    public static Collision resolve(
            Ipv4Address localIdentifier,
            AsNumber localAs,
            Ipv4Address peerIdentifier,
            AsNumber peerAs) {
        int byIdentifier = localIdentifier.compareTo(peerIdentifier);
        boolean localIsHigher =
                byIdentifier != 0 ? byIdentifier > 0 : localAs.compareTo(peerAs) > 0;
        return localIsHigher ? KEEP_OURS : KEEP_THEIRS;
    }
}
