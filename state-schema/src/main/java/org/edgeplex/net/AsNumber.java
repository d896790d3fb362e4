package org.edgeplex.net;

/// An autonomous system number (RFC 6793), 32 bits, unsigned.
public record AsNumber(long value) implements Comparable<AsNumber> {
    public static final long MAX = 0xffff_ffffL;

    /// Stands for a four-octet AS where only two octets fit (RFC 6793, section 9).
    public static final AsNumber AS_TRANS = new AsNumber(23456);

    public AsNumber {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("AS number out of range 0.." + MAX + ": " + value);
        }
    }

    /// Reads the asplain form of RFC 5396, `65001`.
    public static AsNumber parse(String text) {
        return new AsNumber(Decimal.parse(text, MAX, "AS number"));
    }

    public boolean fitsTwoOctets() {
        return value <= 0xffff;
    }

    @Override
    public int compareTo(AsNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
