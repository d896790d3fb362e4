package org.edgeplex.net;

/// The extended community that decides which VRFs import a route (RFC 4364, section 4.3.1; RFC
/// 4360, section 4).
///
/// ```
///   | 0x00, 0x01 or 0x02 | sub-type 0x02 | six octets as in RouteDistinguisher |
/// ```
///
/// `bits` is the whole community, eight octets as on the wire.
public record RouteTarget(long bits) implements Comparable<RouteTarget> {
    private static final long SUB_TYPE_ROUTE_TARGET = 0x02L << 48;

    public RouteTarget {
        if (!isRouteTarget(bits)) {
            throw new IllegalArgumentException("not a route target: " + Long.toHexString(bits));
        }
    }

    /// Whether an extended community, eight octets as on the wire, is a route target.
    public static boolean isRouteTarget(long community) {
        return community >>> 56 <= 2 && (community >>> 48 & 0xff) == 0x02;
    }

    /// Reads `65000:1`, `10.0.0.1:1` or `4200000000:1`.
    public static RouteTarget parse(String text) {
        long name = VpnName.parse(text, "route target");
        long type = name >>> 48;
        return new RouteTarget(type << 56 | SUB_TYPE_ROUTE_TARGET | name & 0xffff_ffff_ffffL);
    }

    @Override
    public int compareTo(RouteTarget other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return VpnName.format((int) (bits >>> 56), bits);
    }
}
