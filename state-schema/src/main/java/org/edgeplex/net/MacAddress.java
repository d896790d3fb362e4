package org.edgeplex.net;

/// An Ethernet MAC address, 48 bits, the first octet on the wire in the highest bits.
public record MacAddress(long bits) {
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final int OCTETS = 6;

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(bits));
        }
    }

    /// Reads `02:00:00:00:00:01`.
    public static MacAddress parse(String text) {
        String[] octets = text.split(":", -1);
        if (octets.length != OCTETS || !text.matches("[0-9a-fA-F:]{17}")) {
            throw new IllegalArgumentException("not a MAC address: \"" + text + '"');
        }
        long bits = 0;
        for (String octet : octets) {
            bits = bits << 8 | Integer.parseInt(octet, 16);
        }
        return new MacAddress(bits);
    }

    /// The group bit: broadcast or multicast (IEEE 802, section 8.2).
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(Character.forDigit((int) (bits >>> (shift + 4)) & 0xf, 16))
                    .append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
