package org.edgeplex.bgp.wire;

/// Subcodes of NOTIFICATION "Cease" (RFC 4486, section 3; RFC 8538 for HARD_RESET).
public enum Cease {
    MAXIMUM_PREFIXES_REACHED(1),
    ADMINISTRATIVE_SHUTDOWN(2),
    PEER_DECONFIGURED(3),
    ADMINISTRATIVE_RESET(4),
    CONNECTION_REJECTED(5),
    OTHER_CONFIGURATION_CHANGE(6),
    CONNECTION_COLLISION_RESOLUTION(7),
    OUT_OF_RESOURCES(8),
    HARD_RESET(9);

    private final int subcode;

    Cease(int subcode) {
        this.subcode = subcode;
    }

    public int subcode() {
        return subcode;
    }
}
