package org.edgeplex.dataplane.packet;

/// ICMPv6 messages (RFC 4443).
///
/// ```
/// | type | code | checksum | unused, MTU or flags | IPv6 packet, or target address and options |
/// ```
public final class Icmpv6 {
    public static final int HEADER_BYTES = 8;

    public static final int DESTINATION_UNREACHABLE = 1;
    public static final int CODE_NO_ROUTE = 0;
    public static final int CODE_ADDRESS_UNREACHABLE = 3;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int CODE_HOP_LIMIT_EXCEEDED = 0;
    public static final int REDIRECT = 137;

    /// Types from here on are informational.
    private static final int INFORMATIONAL = 128;

    private static final int CHECKSUM = 2;
    private static final int REST = 4;

    private Icmpv6() {}

    public static int type(long icmp) {
        return Memory.getByte(icmp);
    }

    public static int code(long icmp) {
        return Memory.getByte(icmp + 1);
    }

    /// True for the messages that must not be answered by an error (RFC 4443, section 2.4).
    public static boolean isError(int type) {
        return type < INFORMATIONAL || type == REDIRECT;
    }

    /// Type, code and the word after the checksum, which [#putChecksum] fills in.
    public static void put(long icmp, int type, int code, int rest) {
        Memory.putShortBig(icmp, type << 8 | code);
        Memory.putIntBig(icmp + REST, rest);
    }

    /// Over the pseudo-header (RFC 8200, section 8.1) and a message of so many bytes.
    public static void putChecksum(long ipv6, long icmp, int bytes) {
        Memory.putShort(icmp + CHECKSUM, 0);
        Memory.putShort(icmp + CHECKSUM, checksum(ipv6, icmp, bytes));
    }

    public static boolean isChecksumCorrect(long ipv6, long icmp, int bytes) {
        return checksum(ipv6, icmp, bytes) == 0;
    }

    private static int checksum(long ipv6, long icmp, int bytes) {
        long addresses = InternetChecksum.sum(ipv6 + 8, 32);
        long message = InternetChecksum.sum(icmp, bytes);
        int length = Short.reverseBytes((short) bytes) & 0xffff;
        int nextHeader = Ipv6.PROTOCOL_ICMPV6 << 8;
        return ~InternetChecksum.fold(addresses + message + length + nextHeader) & 0xffff;
    }
}
