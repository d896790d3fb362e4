package org.edgeplex.bgp.wire;

import java.util.Set;

/// What the two OPEN messages agreed on, as far as it changes the meaning of bytes.
public record DecodeContext(PeerType peerType, boolean fourOctetAs, Set<AddressFamily> families) {
    public DecodeContext {
        families = Set.copyOf(families);
    }

    /// Before any OPEN: nothing is agreed, and only IPv4 unicast could be spoken.
    public static final DecodeContext BEFORE_OPEN =
            new DecodeContext(PeerType.EXTERNAL, false, Set.of(AddressFamily.IPV4_UNICAST));
}
