package org.edgeplex.dataplane.packet;

/// The IPv6 header (RFC 8200, section 3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |Version| Traffic Class |           Flow Label                  |
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// |                    Source Address, 128 bits                   |
/// |                  Destination Address, 128 bits                |
/// ```
///
/// An address is two numbers, the high and the low half, each in network order.
public final class Ipv6 {
    public static final int HEADER_BYTES = 40;
    public static final int VERSION = 6;

    /// RFC 8200, section 5: every link carries so much.
    public static final int MTU_BYTES_MIN = 1280;

    public static final int HOP_BY_HOP = 0;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int AUTHENTICATION = 51;
    public static final int PROTOCOL_ICMPV6 = 58;
    public static final int NO_NEXT_HEADER = 59;
    public static final int DESTINATION_OPTIONS = 60;

    public static final long ALL_NODES_HIGH = 0xff02L << 48;
    public static final long ALL_NODES_LOW = 1;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private Ipv6() {}

    public static int version(long header) {
        return Memory.getByte(header) >>> 4;
    }

    /// The DSCP and ECN octet.
    public static int trafficClass(long header) {
        return Memory.getShortBig(header) >>> 4 & 0xff;
    }

    public static void putTrafficClass(long header, int octet) {
        Memory.putShortBig(header, Memory.getShortBig(header) & 0xf00f | octet << 4);
    }

    public static int flowLabel(long header) {
        return Memory.getIntBig(header) & 0xf_ffff;
    }

    public static int payloadLength(long header) {
        return Memory.getShortBig(header + PAYLOAD_LENGTH);
    }

    public static int nextHeader(long header) {
        return Memory.getByte(header + NEXT_HEADER);
    }

    public static int hopLimit(long header) {
        return Memory.getByte(header + HOP_LIMIT);
    }

    public static void putHopLimit(long header, int hopLimit) {
        Memory.putByte(header + HOP_LIMIT, hopLimit);
    }

    public static long sourceHigh(long header) {
        return Memory.getLongBig(header + SOURCE);
    }

    public static long sourceLow(long header) {
        return Memory.getLongBig(header + SOURCE + Long.BYTES);
    }

    public static long destinationHigh(long header) {
        return Memory.getLongBig(header + DESTINATION);
    }

    public static long destinationLow(long header) {
        return Memory.getLongBig(header + DESTINATION + Long.BYTES);
    }

    public static void putSource(long header, long high, long low) {
        Memory.putLongBig(header + SOURCE, high);
        Memory.putLongBig(header + SOURCE + Long.BYTES, low);
    }

    public static void putDestination(long header, long high, long low) {
        Memory.putLongBig(header + DESTINATION, high);
        Memory.putLongBig(header + DESTINATION + Long.BYTES, low);
    }

    /// Writes all but the addresses; flow label 0.
    public static void put(
            long header, int trafficClass, int payloadLength, int nextHeader, int hopLimit) {
        Memory.putIntBig(header, VERSION << 28 | trafficClass << 20);
        Memory.putShortBig(header + PAYLOAD_LENGTH, payloadLength);
        Memory.putByte(header + NEXT_HEADER, nextHeader);
        Memory.putByte(header + HOP_LIMIT, hopLimit);
    }

    public static boolean isMulticast(long high) {
        return high >>> 56 == 0xff;
    }

    /// fe80::/10 (RFC 4291, section 2.5.6).
    public static boolean isLinkLocal(long high) {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    public static boolean isUnspecified(long high, long low) {
        return (high | low) == 0;
    }

    public static boolean isLoopback(long high, long low) {
        return high == 0 && low == 1;
    }
}
