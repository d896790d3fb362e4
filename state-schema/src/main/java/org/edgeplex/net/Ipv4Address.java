package org.edgeplex.net;

/// An IPv4 address as 32 bits in network order: `10.0.0.1` is `0x0a000001`.
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {
    public static final Ipv4Address ANY = new Ipv4Address(0);

    private static final int OCTETS = 4;

    /// Reads the dotted form, four decimal octets and nothing else.
    public static Ipv4Address parse(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("not an IPv4 address: \"" + text + '"');
        }
        int bits = 0;
        for (String octet : octets) {
            bits = bits << 8 | (int) Decimal.parse(octet, 255, "octet of IPv4 address " + text);
        }
        return new Ipv4Address(bits);
    }

    /// Reads four bytes at the offset.
    public static Ipv4Address of(byte[] bytes, int offset) {
        return new Ipv4Address(
                (bytes[offset] & 0xff) << 24
                        | (bytes[offset + 1] & 0xff) << 16
                        | (bytes[offset + 2] & 0xff) << 8
                        | (bytes[offset + 3] & 0xff));
    }

    public byte[] toBytes() {
        return new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
        };
    }

    /// 224.0.0.0/4 (RFC 5771).
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /// 127.0.0.0/8 (RFC 1122, section 3.2.1.3).
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    /// An address a host can own: not 0.0.0.0/8, not loopback, not multicast, not reserved (class
    /// E).
    public boolean isUnicastHost() {
        return bits >>> 24 != 0 && !isLoopback() && bits >>> 28 < 0xe;
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }
}
