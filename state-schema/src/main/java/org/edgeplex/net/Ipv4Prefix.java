package org.edgeplex.net;

/// An IPv4 prefix in canonical form: no bit set beyond its length.
public record Ipv4Prefix(Ipv4Address address, int length) implements Comparable<Ipv4Prefix> {
    public static final int LENGTH_MAX = 32;
    public static final Ipv4Prefix DEFAULT = new Ipv4Prefix(Ipv4Address.ANY, 0);

    public Ipv4Prefix {
        if (length < 0 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("IPv4 prefix length out of range 0..32: " + length);
        }
        if ((address.bits() & ~mask(length)) != 0) {
            throw new IllegalArgumentException(
                    "host bits set: "
                            + address
                            + "/"
                            + length
                            + ", meant "
                            + containing(address, length)
                            + "?");
        }
    }

    /// The prefix of this length that contains the address.
    public static Ipv4Prefix containing(Ipv4Address address, int length) {
        return new Ipv4Prefix(new Ipv4Address(address.bits() & mask(length)), length);
    }

    public static Ipv4Prefix host(Ipv4Address address) {
        return new Ipv4Prefix(address, LENGTH_MAX);
    }

    /// Reads `10.1.0.0/24`; host bits are an error.
    public static Ipv4Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "not an IPv4 prefix (address/length): \"" + text + '"');
        }
        return new Ipv4Prefix(
                Ipv4Address.parse(text.substring(0, slash)),
                (int) Decimal.parse(text.substring(slash + 1), LENGTH_MAX, "prefix length"));
    }

    /// The network mask as bits: `mask(24)` is `0xffffff00`.
    public static int mask(int length) {
        return length == 0 ? 0 : -1 << (LENGTH_MAX - length);
    }

    public boolean contains(Ipv4Address other) {
        return (other.bits() & mask(length)) == address.bits();
    }

    public boolean contains(Ipv4Prefix other) {
        return other.length >= length && contains(other.address);
    }

    @Override
    public int compareTo(Ipv4Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
