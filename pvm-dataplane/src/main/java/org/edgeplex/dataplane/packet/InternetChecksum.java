package org.edgeplex.dataplane.packet;

/// The checksum of IPv4 and ICMP (RFC 1071): ones' complement of the ones' complement sum.
public final class InternetChecksum {
    private InternetChecksum() {}

    /// The checksum in the machine's byte order, ready for [Memory#putShort] (RFC 1071, section 2,
    /// "byte order independence"); 0 if the range includes its own correct checksum.
    public static int compute(long address, int bytes) {
        return ~fold(sum(address, bytes)) & 0xffff;
    }

    /// The sum without its carries folded, for more to be added.
    static long sum(long address, int bytes) {
        long sum = 0;
        int at = 0;
        for (; at + Integer.BYTES <= bytes; at += Integer.BYTES) {
            sum += Memory.getInt(address + at) & 0xffff_ffffL;
        }
        for (; at + Short.BYTES <= bytes; at += Short.BYTES) {
            sum += Memory.getShort(address + at);
        }
        if (at < bytes) {
            sum += Memory.getByte(address + at);
        }
        return sum;
    }

    /// Adds the carries back until 16 bits remain.
    static int fold(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }
}
