package org.edgeplex.net;

/// The three text forms that route distinguishers and route targets share (RFC 4364, section 4.2).
final class VpnName {
    private static final int TWO_OCTET_AS = 0;
    private static final int IPV4_ADDRESS = 1;
    private static final int FOUR_OCTET_AS = 2;
    private static final long SIX_OCTETS = 0xffff_ffff_ffffL;

    private VpnName() {}

    /// Returns the type in the upper 16 bits and the six octets of the value below.
    static long parse(String text, String what) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    what + " must look like 65000:1 or 10.0.0.1:1: \"" + text + '"');
        }
        String administrator = text.substring(0, colon);
        String assigned = text.substring(colon + 1);
        if (administrator.indexOf('.') >= 0) {
            long address = Ipv4Address.parse(administrator).bits() & 0xffff_ffffL;
            return (long) IPV4_ADDRESS << 48
                    | address << 16
                    | Decimal.parse(assigned, 0xffff, what + " number");
        }
        AsNumber as = AsNumber.parse(administrator);
        return as.fitsTwoOctets()
                ? (long) TWO_OCTET_AS << 48
                        | as.value() << 32
                        | Decimal.parse(assigned, 0xffff_ffffL, what + " number")
                : (long) FOUR_OCTET_AS << 48
                        | as.value() << 16
                        | Decimal.parse(assigned, 0xffff, what + " number");
    }

    static String format(int type, long bits) {
        return switch (type) {
            case TWO_OCTET_AS -> (bits >>> 32 & 0xffff) + ":" + (bits & 0xffff_ffffL);
            case IPV4_ADDRESS -> new Ipv4Address((int) (bits >>> 16)) + ":" + (bits & 0xffff);
            case FOUR_OCTET_AS -> (bits >>> 16 & 0xffff_ffffL) + ":" + (bits & 0xffff);
            default -> "type-" + type + ":0x" + Long.toHexString(bits & SIX_OCTETS);
        };
    }
}
