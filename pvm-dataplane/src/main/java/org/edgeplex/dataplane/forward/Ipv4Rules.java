package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv4;

/// Which IPv4 packets a router may look at further.
final class Ipv4Rules {
    private static final int CLASS_D = 0xe;
    private static final int LOOPBACK_NET = 127;
    private static final int CLASS_D_NET = 224;
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
        int net = address >>> 24;
        return (net - 1 & 0xff) < CLASS_D_NET - 1 && net != LOOPBACK_NET; // net 0 wraps around
    }

    static boolean isMulticast(int address) {
        return address >>> 28 == CLASS_D;
    }

    /// 224.0.0.0/24 never leaves its link (RFC 5771): routing protocols speak there.
    static boolean isLinkLocalMulticast(int address) {
        return (address & LINK_LOCAL_MULTICAST_MASK) == LINK_LOCAL_MULTICAST;
    }
}
