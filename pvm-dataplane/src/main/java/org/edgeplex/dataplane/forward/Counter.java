package org.edgeplex.dataplane.forward;

/// Everything that is counted; the order is the layout of [Counters].
public enum Counter {
    FROM_CUSTOMER_PACKETS,
    FROM_CORE_PACKETS,
    FROM_TAP_PACKETS,
    TO_CUSTOMER_PACKETS,
    TO_CORE_PACKETS,
    TO_TAP_PACKETS,
    FROM_CUSTOMER_BYTES,
    FROM_CORE_BYTES,
    FROM_TAP_BYTES,
    TO_CUSTOMER_BYTES,
    TO_CORE_BYTES,
    TO_TAP_BYTES,
    ARP_REQUESTS_SENT,
    ARP_REPLIES_SENT,
    ICMP_ERRORS_SENT,
    ND_SOLICITATIONS_SENT,
    ND_ADVERTISEMENTS_SENT,
    ICMPV6_ERRORS_SENT,
    FRAGMENTS_SENT,
    /// Let through beyond the committed burst (RFC 2697).
    POLICED_YELLOW_FROM_CUSTOMER,
    POLICED_YELLOW_FROM_CORE,
    UPDATES_APPLIED,
    /// An update that did not fit in its table.
    UPDATES_REFUSED,

    /// Shorter than its headers, or in several buffers.
    DROP_TRUNCATED,
    DROP_UNKNOWN_ETHERTYPE,
    DROP_FOREIGN_VLAN,
    DROP_FOREIGN_MAC,
    DROP_IP_HEADER,
    DROP_IP_CHECKSUM,
    /// A source that cannot be one, or a destination that no router forwards (RFC 1812, 5.3.7).
    DROP_MARTIAN,
    DROP_MULTICAST,
    DROP_TTL_EXPIRED,
    DROP_NO_ROUTE,
    /// The route is there, the label switched path to its next hop not.
    DROP_NO_LSP,
    DROP_TOO_BIG,
    /// From the core for a destination that is not behind this access.
    DROP_NOT_LOCAL,
    DROP_LABEL_STACK,
    DROP_UNKNOWN_LABEL,
    DROP_ARP_MALFORMED,
    /// An ARP message that is none of our business.
    DROP_ARP_IGNORED,
    /// A neighbour did not answer.
    DROP_HOST_UNREACHABLE,
    /// A later packet took the place of this one while the neighbour was being asked.
    DROP_ARP_PENDING,
    /// A neighbour discovery message that fails its checks (RFC 4861, sections 6.1 and 7.1).
    DROP_ND_MALFORMED,
    /// A neighbour discovery message that is none of our business.
    DROP_ND_IGNORED,
    DROP_ND_PENDING,
    /// From or to an IPv6 address that does not leave its link, and not for us.
    DROP_LINK_LOCAL,
    DROP_NEIGHBOURS_FULL,
    /// Denied by the access's rules.
    DROP_ACL_FROM_CUSTOMER,
    DROP_ACL_FROM_CORE,
    /// Beyond the rate and both bursts.
    DROP_POLICED_FROM_CUSTOMER,
    DROP_POLICED_FROM_CORE,
    DROP_TAP_UNSUPPORTED,
    DROP_NO_BUFFER,
    DROP_OUTPUT_FULL,
    /// The port or the TAP took fewer packets than offered.
    DROP_NOT_SENT
}
