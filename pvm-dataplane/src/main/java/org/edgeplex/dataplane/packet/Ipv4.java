package org.edgeplex.dataplane.packet;

/// The IPv4 header (RFC 791, section 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |Version|  IHL  |     DSCP  |ECN|          Total Length         |
/// |         Identification        |Flags|      Fragment Offset    |
/// |  Time to Live |    Protocol   |        Header Checksum        |
/// |                       Source Address                          |
/// |                    Destination Address                        |
/// ```
public final class Ipv4 {
    public static final int HEADER_BYTES = 20;
    public static final int VERSION = 4;
    public static final int PROTOCOL_ICMP = 1;
    public static final int DONT_FRAGMENT = 0x4000;
    public static final int MORE_FRAGMENTS = 0x2000;
    public static final int FRAGMENT_OFFSET_MASK = 0x1fff;
    public static final int BROADCAST = 0xffff_ffff;

    private static final int CLASS = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private Ipv4() {}

    public static int version(long header) {
        return Memory.getByte(header) >>> 4;
    }

    public static int headerBytes(long header) {
        return (Memory.getByte(header) & 0xf) << 2;
    }

    /// The DSCP and ECN octet (RFC 2474, RFC 3168).
    public static int trafficClass(long header) {
        return Memory.getByte(header + CLASS);
    }

    public static int totalLength(long header) {
        return Memory.getShortBig(header + TOTAL_LENGTH);
    }

    public static int identification(long header) {
        return Memory.getShortBig(header + IDENTIFICATION);
    }

    /// Flags and fragment offset.
    public static int fragment(long header) {
        return Memory.getShortBig(header + FRAGMENT);
    }

    public static int ttl(long header) {
        return Memory.getByte(header + TTL);
    }

    public static int protocol(long header) {
        return Memory.getByte(header + PROTOCOL);
    }

    public static int source(long header) {
        return Memory.getIntBig(header + SOURCE);
    }

    public static int destination(long header) {
        return Memory.getIntBig(header + DESTINATION);
    }

    /// Lowers the TTL by one: what [#lowerTtl] does, where it is known by how much.
    public static void decrementTtl(long header) {
        int word = Memory.getInt(header + TTL);
        int carry = (word >>> 16) + 2 & 0x1_0000;
        Memory.putInt(header + TTL, word + 0xffff + carry);
    }

    /// Lowers the TTL, or leaves it as it is, and repairs the checksum.
    ///
    /// In memory order the TTL is the lowest byte of its sum, so the checksum, which is the
    /// complement, gains what the TTL loses, with end-around carry; all ones are not an outcome
    /// (RFC 1624, section 3), so the carry comes one early.
    public static void lowerTtl(long header, int ttl) {
        int word = Memory.getInt(header + TTL);
        int loss = (word & 0xff) - ttl;
        int carry = (word >>> 16) + loss + 1 & 0x1_0000;
        Memory.putInt(header + TTL, word + loss * 0xffff + carry);
    }

    /// Sets the DSCP and ECN octet and repairs the checksum.
    public static void putTrafficClass(long header, int octet) {
        int before = Memory.getShortBig(header);
        int after = before & 0xff00 | octet;
        int sum = (~Memory.getShortBig(header + CHECKSUM) & 0xffff) + (~before & 0xffff) + after;
        Memory.putByte(header + CLASS, octet);
        Memory.putShortBig(header + CHECKSUM, ~InternetChecksum.fold(sum));
    }

    /// Sets length, flags and offset, and computes the checksum anew.
    public static void putFragment(long header, int totalLength, int fragment) {
        Memory.putShortBig(header + TOTAL_LENGTH, totalLength);
        Memory.putShortBig(header + FRAGMENT, fragment);
        putChecksum(header);
    }

    /// Writes a whole header of 20 bytes that may be fragmented on its way.
    public static void put(
            long header,
            int trafficClass,
            int totalLength,
            int identification,
            int ttl,
            int protocol,
            int source,
            int destination) {
        Memory.putShortBig(header, 0x45 << 8 | trafficClass);
        Memory.putShortBig(header + TOTAL_LENGTH, totalLength);
        Memory.putShortBig(header + IDENTIFICATION, identification);
        Memory.putShort(header + FRAGMENT, 0);
        Memory.putByte(header + TTL, ttl);
        Memory.putByte(header + PROTOCOL, protocol);
        Memory.putIntBig(header + SOURCE, source);
        Memory.putIntBig(header + DESTINATION, destination);
        putChecksum(header);
    }

    private static void putChecksum(long header) {
        Memory.putShort(header + CHECKSUM, 0);
        Memory.putShort(header + CHECKSUM, InternetChecksum.compute(header, headerBytes(header)));
    }

    /// True if the checksum over the header holds (RFC 791): the sum is all ones.
    public static boolean isChecksumCorrect(long header, int headerBytes) {
        return InternetChecksum.compute(header, headerBytes) == 0;
    }
}
