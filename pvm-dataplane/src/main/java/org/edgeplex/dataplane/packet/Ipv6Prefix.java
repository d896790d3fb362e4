package org.edgeplex.dataplane.packet;

/// An IPv6 prefix in canonical form: no bit set beyond its length.
public record Ipv6Prefix(Ipv6Address address, int length) {
    public static final int LENGTH_MAX = 128;

    public Ipv6Prefix {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("IPv6 prefix length out of range 0..128: " + length);
        }
        if ((address.high() & ~maskHigh(length) | address.low() & ~maskLow(length)) != 0) {
            throw new IllegalArgumentException("host bits set: " + address + "/" + length);
        }
    }

    /// The prefix of this length that contains the address.
    public static Ipv6Prefix containing(Ipv6Address address, int length) {
        return new Ipv6Prefix(
                new Ipv6Address(address.high() & maskHigh(length), address.low() & maskLow(length)),
                length);
    }

    /// Reads `2001:db8::/32`; host bits are an error.
    public static Ipv6Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "not an IPv6 prefix (address/length): \"" + text + '"');
        }
        return new Ipv6Prefix(
                Ipv6Address.parse(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /// The mask of the address's first half.
    public static long maskHigh(int length) {
        return length == 0 ? 0 : -1L << Math.max(0, Long.SIZE - length);
    }

    /// The mask of its second half.
    public static long maskLow(int length) {
        return length <= Long.SIZE ? 0 : -1L << LENGTH_MAX - length;
    }

    public boolean contains(Ipv6Address other) {
        return (other.high() & maskHigh(length)) == address.high()
                && (other.low() & maskLow(length)) == address.low();
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
