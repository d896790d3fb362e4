package org.edgeplex.bgp.wire;

/// Numbers of the BGP registries that we use, and nowhere else.
///
/// https://www.iana.org/assignments/bgp-parameters, /capability-codes, /safi-namespace
final class Iana {
    private Iana() {}

    // Message types, RFC 4271 and RFC 2918.
    static final int OPEN = 1;
    static final int UPDATE = 2;
    static final int NOTIFICATION = 3;
    static final int KEEPALIVE = 4;
    static final int ROUTE_REFRESH = 5;

    // Optional parameters of OPEN, RFC 5492 and RFC 9072.
    static final int PARAMETER_CAPABILITIES = 2;
    static final int PARAMETER_EXTENDED_LENGTH = 255;

    // Capabilities, RFC 5492.
    static final int CAPABILITY_MULTIPROTOCOL = 1; // RFC 4760
    static final int CAPABILITY_ROUTE_REFRESH = 2; // RFC 2918
    static final int CAPABILITY_FOUR_OCTET_AS = 65; // RFC 6793

    // Address families, RFC 4760.
    static final int AFI_IPV4 = 1;
    static final int SAFI_UNICAST = 1;
    static final int SAFI_MPLS_VPN = 128; // RFC 4364

    // Path attributes.
    static final int ORIGIN = 1; // RFC 4271
    static final int AS_PATH = 2;
    static final int NEXT_HOP = 3;
    static final int MULTI_EXIT_DISC = 4;
    static final int LOCAL_PREF = 5;
    static final int ATOMIC_AGGREGATE = 6;
    static final int AGGREGATOR = 7;
    static final int COMMUNITIES = 8; // RFC 1997
    static final int ORIGINATOR_ID = 9; // RFC 4456
    static final int CLUSTER_LIST = 10; // RFC 4456
    static final int MP_REACH_NLRI = 14; // RFC 4760
    static final int MP_UNREACH_NLRI = 15; // RFC 4760
    static final int EXTENDED_COMMUNITIES = 16; // RFC 4360
    static final int AS4_PATH = 17; // RFC 6793
    static final int AS4_AGGREGATOR = 18; // RFC 6793
    static final int LARGE_COMMUNITIES = 32; // RFC 8092

    // Path attribute flags, RFC 4271, section 4.3.
    static final int FLAG_OPTIONAL = 0x80;
    static final int FLAG_TRANSITIVE = 0x40;
    static final int FLAG_PARTIAL = 0x20;
    static final int FLAG_EXTENDED_LENGTH = 0x10;
}
