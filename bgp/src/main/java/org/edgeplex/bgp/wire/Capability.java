package org.edgeplex.bgp.wire;

import org.edgeplex.net.AsNumber;

/// A capability offered in an OPEN (RFC 5492).
///
/// ```
///   | code (1) | length (1) | value |
/// ```
public sealed interface Capability {
    int code();

    /// RFC 4760, section 8.
    record Multiprotocol(AddressFamily family) implements Capability {
        @Override
        public int code() {
            return Iana.CAPABILITY_MULTIPROTOCOL;
        }
    }

    /// RFC 2918, section 2.
    record RouteRefresh() implements Capability {
        @Override
        public int code() {
            return Iana.CAPABILITY_ROUTE_REFRESH;
        }
    }

    /// RFC 6793, section 3: the sender's AS number, all of it.
    record FourOctetAs(AsNumber as) implements Capability {
        @Override
        public int code() {
            return Iana.CAPABILITY_FOUR_OCTET_AS;
        }
    }

    /// Any other, graceful restart among them: shown, not acted upon.
    record Unknown(int code, Octets value) implements Capability {}
}
