package org.edgeplex.dataplane.forward;

import java.util.Arrays;
import org.edgeplex.dataplane.packet.Ipv4;

/// Which IPv4 packets a router may look at further.
final class Ipv4Rules {
    private static final int CLASS_D = 0xe;
    private static final int LOOPBACK_NET = 127;
    private static final int CLASS_D_NET = 224;

    /// By the first octet: 0, or 1 if no host has such an address.
    private static final byte[] NOT_UNICAST = new byte[256];

    static {
        Arrays.fill(NOT_UNICAST, CLASS_D_NET, NOT_UNICAST.length, (byte) 1);
        NOT_UNICAST[LOOPBACK_NET] = 1;
        NOT_UNICAST[0] = 1;
    }

    private static final int LINK_LOCAL_MULTICAST = 0xe000_0000;
    private static final int LINK_LOCAL_MULTICAST_MASK = 0xffff_ff00;

    private final Context context;

    Ipv4Rules(Context context) {
        this.context = context;
    }

    /// The tests of RFC 1812, section 5.2.2. A packet that fails is dropped.
    ///
    /// @param bytes how many follow from the header on; link padding is allowed
    boolean hasValidHeader(long packet, long header, int bytes) {
        if (bytes < Ipv4.HEADER_BYTES) {
            return refuse(packet, Counter.DROP_TRUNCATED);
        }
        int headerBytes = Ipv4.headerBytes(header);
        int totalLength = Ipv4.totalLength(header);
        if (Ipv4.version(header) != Ipv4.VERSION
                || headerBytes < Ipv4.HEADER_BYTES
                || totalLength < headerBytes) {
            return refuse(packet, Counter.DROP_IP_HEADER);
        }
        if (totalLength > bytes) {
            return refuse(packet, Counter.DROP_TRUNCATED);
        }
        if (!Ipv4.isChecksumCorrect(header, headerBytes)) {
            return refuse(packet, Counter.DROP_IP_CHECKSUM);
        }
        context.tracer.headerValid(Ipv4.VERSION);
        return true;
    }

    private boolean refuse(long packet, Counter reason) {
        context.drop(packet, reason);
        return false;
    }

    /// A unicast source that is not our own (RFC 1812, section 5.3.7).
    boolean isForeignUnicast(int source) {
        return isUnicast(source) && source != context.access.gateway();
    }

    static boolean isUnicast(int address) {
        return NOT_UNICAST[address >>> 24] == 0;
    }

    /// Of two addresses in network order, read little-endian, whether both are unicast.
    static boolean areUnicast(int one, int other) {
        return (NOT_UNICAST[one & 0xff] | NOT_UNICAST[other & 0xff]) == 0;
    }

    static boolean isMulticast(int address) {
        return address >>> 28 == CLASS_D;
    }

    /// 224.0.0.0/24 never leaves its link (RFC 5771): routing protocols speak there.
    static boolean isLinkLocalMulticast(int address) {
        return (address & LINK_LOCAL_MULTICAST_MASK) == LINK_LOCAL_MULTICAST;
    }
}
