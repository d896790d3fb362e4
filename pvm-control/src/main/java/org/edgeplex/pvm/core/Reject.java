package org.edgeplex.pvm.core;

/// Why a route of the customer is not taken.
public enum Reject {
    /// The prefix is no place in a network: 0/8, 127/8, 169.254/16, multicast, class E.
    MARTIAN,
    /// The prefix is the PE's own address.
    PE_ADDRESS,
    /// The next hop is not a neighbour on the access link, or is the PE itself (RFC 4271, section
    /// 6.3).
    NEXT_HOP,
    /// It has been here already: our AS is in the AS_PATH (RFC 4271, section 9.1.2).
    LOOP,
    /// The AS_PATH does not begin with the peer's AS (RFC 4271, section 6.3).
    FIRST_AS,
    /// A second static route to a prefix: there is one path per prefix.
    DUPLICATE
}
