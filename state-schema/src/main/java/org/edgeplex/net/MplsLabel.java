package org.edgeplex.net;

/// A 20-bit MPLS label (RFC 3032, section 2.1).
public record MplsLabel(int value) implements Comparable<MplsLabel> {
    public static final int MAX = (1 << 20) - 1;

    /// Labels below are reserved (RFC 7274); the first one that may be bound to a FEC.
    public static final int FIRST_UNRESERVED = 16;

    public static final MplsLabel IPV4_EXPLICIT_NULL = new MplsLabel(0);
    public static final MplsLabel ROUTER_ALERT = new MplsLabel(1);
    public static final MplsLabel IPV6_EXPLICIT_NULL = new MplsLabel(2);

    /// Never on the wire: "pop before you send to me" (RFC 3032, section 2.1; RFC 5036, 3.4.2.1).
    public static final MplsLabel IMPLICIT_NULL = new MplsLabel(3);

    public MplsLabel {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("MPLS label out of range 0.." + MAX + ": " + value);
        }
    }

    public boolean isReserved() {
        return value < FIRST_UNRESERVED;
    }

    @Override
    public int compareTo(MplsLabel other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
