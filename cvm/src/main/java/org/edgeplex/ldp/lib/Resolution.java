package org.edgeplex.ldp.lib;

import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// How a FEC leaves this LSR, or why it cannot be labelled.
public sealed interface Resolution {
    /// Push this label and send to the next hop. Label 0 (explicit null) is pushed like any other.
    record Push(LdpIdentifier peer, Ipv4Address nextHop, MplsLabel label) implements Resolution {}

    /// The next hop asked for implicit null: send to it without a transport label.
    record Penultimate(LdpIdentifier peer, Ipv4Address nextHop) implements Resolution {}

    record Unusable(Reason reason) implements Resolution {}

    /// Why there is no outgoing label.
    enum Reason {
        /// The IGP has no route for exactly this prefix (RFC 5036, section 3.5.7.1).
        NO_ROUTE,
        /// No LDP peer has announced the next hop as an address of its own.
        NEXT_HOP_IS_NO_LDP_PEER,
        /// The next hop's LSR has sent no mapping for the FEC.
        NO_BINDING_FROM_NEXT_HOP,
        /// It sent a label that must not stand for an IPv4 prefix: 1, 2 or 4 to 15.
        RESERVED_LABEL
    }
}
