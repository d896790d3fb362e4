package org.edgeplex.bgp.wire;

/// Subcodes of NOTIFICATION "UPDATE Message Error" (RFC 4271, section 6.3).
public enum UpdateError {
    MALFORMED_ATTRIBUTE_LIST(1),
    UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE(2),
    MISSING_WELL_KNOWN_ATTRIBUTE(3),
    ATTRIBUTE_FLAGS_ERROR(4),
    ATTRIBUTE_LENGTH_ERROR(5),
    INVALID_ORIGIN_ATTRIBUTE(6),
    INVALID_NEXT_HOP_ATTRIBUTE(8),
    OPTIONAL_ATTRIBUTE_ERROR(9),
    INVALID_NETWORK_FIELD(10),
    MALFORMED_AS_PATH(11);

    private final int subcode;

    UpdateError(int subcode) {
        this.subcode = subcode;
    }

    public int subcode() {
        return subcode;
    }
}
