package org.edgeplex.bgp.wire;

/// Subcodes of NOTIFICATION "OPEN Message Error" (RFC 4271, section 6.2; RFC 5492, section 5).
public enum OpenError {
    UNSPECIFIC(0),
    UNSUPPORTED_VERSION_NUMBER(1),
    BAD_PEER_AS(2),
    BAD_BGP_IDENTIFIER(3),
    UNSUPPORTED_OPTIONAL_PARAMETER(4),
    UNACCEPTABLE_HOLD_TIME(6),
    UNSUPPORTED_CAPABILITY(7);

    private final int subcode;

    OpenError(int subcode) {
        this.subcode = subcode;
    }

    public int subcode() {
        return subcode;
    }
}
