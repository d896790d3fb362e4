package org.edgeplex.dataplane.packet;

/// ICMP error messages (RFC 792; the MTU field of RFC 1191, section 4).
///
/// ```
/// | type | code | checksum | unused, or unused and next-hop MTU | IP header and data |
/// ```
public final class Icmp {
    public static final int HEADER_BYTES = 8;

    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int CODE_NET_UNREACHABLE = 0;
    public static final int CODE_HOST_UNREACHABLE = 1;
    public static final int CODE_FRAGMENTATION_NEEDED = 4;
    public static final int TIME_EXCEEDED = 11;
    public static final int CODE_TTL_EXCEEDED = 0;

    private static final int CHECKSUM = 2;
    private static final int REDIRECT = 5;
    private static final int SOURCE_QUENCH = 4;
    private static final int PARAMETER_PROBLEM = 12;

    private Icmp() {}

    public static int type(long icmp) {
        return Memory.getByte(icmp);
    }

    /// True for the messages that must not be answered by an error (RFC 1122, section 3.2.2).
    public static boolean isError(int type) {
        return type == DESTINATION_UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /// Writes the header in front of the quoted datagram, checksum over `bytes` in total.
    public static void putError(long icmp, int type, int code, int nextHopMtu, int bytes) {
        Memory.putShortBig(icmp, type << 8 | code);
        Memory.putShort(icmp + CHECKSUM, 0);
        Memory.putIntBig(icmp + 4, nextHopMtu);
        Memory.putShort(icmp + CHECKSUM, InternetChecksum.compute(icmp, bytes));
    }
}
