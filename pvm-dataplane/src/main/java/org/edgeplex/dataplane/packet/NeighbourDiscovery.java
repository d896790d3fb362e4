package org.edgeplex.dataplane.packet;

/// Neighbour solicitations and advertisements (RFC 4861, sections 4.3 and 4.4), from the ICMPv6
/// header on.
///
/// ```
/// 0      1      2          4       8                24
/// | type | code | checksum | flags | target address | options: type, length in 8 bytes, data |
/// ```
public final class NeighbourDiscovery {
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;

    /// RFC 4861, section 3.1: what a router has forwarded has less.
    public static final int HOP_LIMIT = 255;

    public static final int ROUTER_FLAG = 1 << 31;
    public static final int SOLICITED_FLAG = 1 << 30;
    public static final int OVERRIDE_FLAG = 1 << 29;

    public static final int SOURCE_LINK_LAYER = 1;
    public static final int TARGET_LINK_LAYER = 2;

    public static final int TARGET_BYTES = 24;
    public static final int OPTION_BYTES = 8;

    /// What [#linkLayerOption] says where there is none, or more than can be.
    public static final long NO_OPTION = 0;

    public static final long MALFORMED = -1;

    /// ff02::1:ff00:0/104, and the MAC addresses 33:33 (RFC 4291, section 2.7.1; RFC 2464, 7).
    public static final long SOLICITED_HIGH = 0xff02L << 48;

    private static final long SOLICITED_LOW = 0x1_ff00_0000L;
    private static final long MULTICAST_MAC = 0x3333_0000_0000L;
    private static final int FLAGS = 4;
    private static final int TARGET = 8;

    private NeighbourDiscovery() {}

    public static int flags(long icmp) {
        return Memory.getIntBig(icmp + FLAGS);
    }

    public static long targetHigh(long icmp) {
        return Memory.getLongBig(icmp + TARGET);
    }

    public static long targetLow(long icmp) {
        return Memory.getLongBig(icmp + TARGET + Long.BYTES);
    }

    public static void putTarget(long icmp, long high, long low) {
        Memory.putLongBig(icmp + TARGET, high);
        Memory.putLongBig(icmp + TARGET + Long.BYTES, low);
    }

    public static void putLinkLayerOption(long at, int type, long mac) {
        Memory.putShortBig(at, type << 8 | 1);
        Ethernet.putAddress(at + 2, mac);
    }

    /// The MAC address in an option of this type, [#NO_OPTION], or [#MALFORMED] if an option has no
    /// length or passes the end.
    public static long linkLayerOption(long options, int bytes, int type) {
        long found = NO_OPTION;
        int at = 0;
        while (at < bytes) {
            if (bytes - at < OPTION_BYTES) {
                return MALFORMED;
            }
            int length = Memory.getByte(options + at + 1) * OPTION_BYTES;
            if (length == 0 || length > bytes - at) {
                return MALFORMED;
            }
            if (Memory.getByte(options + at) == type && length == OPTION_BYTES) {
                found = Ethernet.address(options + at + 2);
            }
            at += length;
        }
        return found;
    }

    /// The low half of the group that has all addresses with the same last 24 bits.
    public static long solicitedLow(long low) {
        return SOLICITED_LOW | low & 0xff_ffff;
    }

    /// The MAC address of an IPv6 group.
    public static long multicastMac(long low) {
        return MULTICAST_MAC | low & 0xffff_ffffL;
    }
}
