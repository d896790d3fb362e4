package org.edgeplex.bgp.wire;

/// Whether the peer is in our AS (RFC 4271, section 1.1): attributes are judged differently.
public enum PeerType {
    INTERNAL,
    EXTERNAL
}
