package org.edgeplex.ldp.discovery;

import org.edgeplex.ldp.fsm.AdjacencyFsm;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// What our hellos say, and whose we believe: sources outside the link's subnet are not neighbours.
public record LinkConfig(
        LdpIdentifier self,
        Ipv4Address transportAddress,
        Ipv4Address linkAddress,
        Ipv4Prefix linkSubnet,
        int holdTimeSeconds) {
    public LinkConfig {
        if (holdTimeSeconds < 3 || holdTimeSeconds > AdjacencyFsm.HOLD_FOREVER) {
            throw new IllegalArgumentException(
                    "hello hold time must be 3..65535 seconds: " + holdTimeSeconds);
        }
    }
}
