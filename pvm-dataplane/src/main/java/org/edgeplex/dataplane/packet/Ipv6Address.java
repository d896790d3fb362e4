package org.edgeplex.dataplane.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// An IPv6 address (RFC 4291) as two numbers in network order: `2001:db8::1` is
/// `0x20010db800000000` and 1.
///
/// For updates of tables; packets have the numbers alone ([Ipv6]).
public record Ipv6Address(long high, long low) {
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    /// Reads the form of RFC 4291, section 2.2, without a zone.
    public static Ipv6Address parse(String text) {
        if (text.indexOf('%') >= 0 || text.indexOf(':') < 0) {
            throw new IllegalArgumentException("not an IPv6 address: \"" + text + '"');
        }
        InetAddress address = Inet6Address.ofLiteral(text);
        byte[] bytes = address.getAddress();
        if (bytes.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException("an IPv4 address in IPv6 form: \"" + text + '"');
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Ipv6Address(buffer.getLong(), buffer.getLong());
    }

    /// fe80::/64 and the modified EUI-64 of a MAC address (RFC 4291, appendix A).
    public static Ipv6Address linkLocal(long mac) {
        long upper = (mac >>> 24 ^ 0x02_0000) << 40;
        return new Ipv6Address(0xfe80L << 48, upper | 0xff_fe00_0000L | mac & 0xff_ffff);
    }

    /// Groups of hexadecimal digits, the longest run of zeros left out (RFC 5952).
    @Override
    public String toString() {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> 48 - i % 4 * 16) & 0xffff;
        }
        int runFrom = 0;
        int runLength = 1;
        for (int from = 0; from < groups.length; from++) {
            int length = 0;
            while (from + length < groups.length && groups[from + length] == 0) {
                length++;
            }
            if (length > runLength) {
                runFrom = from;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (runLength > 1 && i == runFrom) {
                text.append("::");
                i += runLength - 1;
            } else {
                boolean isAfterRun = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(isAfterRun ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
