package org.edgeplex.net;

/// Eight octets that make a customer's prefix unique in the core (RFC 4364, section 4.2).
///
/// ```
///   type 0: | 0 (2) | AS, two octets (2)   | assigned number (4) |   65000:1
///   type 1: | 1 (2) | IPv4 address (4)     | assigned number (2) |   10.0.0.1:1
///   type 2: | 2 (2) | AS, four octets (4)  | assigned number (2) |   4200000000:1
/// ```
///
/// Any eight octets may arrive from a peer: unknown types stay representable.
public record RouteDistinguisher(long bits) implements Comparable<RouteDistinguisher> {

    /// Reads `65000:1`, `10.0.0.1:1` or `4200000000:1`.
    public static RouteDistinguisher parse(String text) {
        return new RouteDistinguisher(VpnName.parse(text, "route distinguisher"));
    }

    @Override
    public int compareTo(RouteDistinguisher other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return VpnName.format((int) (bits >>> 48), bits);
    }
}
