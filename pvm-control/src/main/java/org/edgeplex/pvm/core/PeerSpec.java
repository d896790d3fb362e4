package org.edgeplex.pvm.core;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;

/// What makes the customer's session: when any of it changes, the session must start anew.
public record PeerSpec(
        AsNumber localAs,
        Ipv4Address localAddress,
        AsNumber peerAs,
        Ipv4Address peerAddress,
        int holdTimeSeconds) {
    static PeerSpec of(Attachment attachment, CustomerRouting.Bgp bgp) {
        return new PeerSpec(
                bgp.localAs(),
                attachment.gateway(),
                bgp.peerAs(),
                bgp.peerAddress(),
                bgp.holdTimeSeconds());
    }

    /// Whether routes learnt from one are routes of the other.
    boolean samePeer(PeerSpec other) {
        return peerAs.equals(other.peerAs) && peerAddress.equals(other.peerAddress);
    }
}
