package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;

/// Which IPv6 packets a router may look at further.
final class Ipv6Rules {
    private final Context context;

    Ipv6Rules(Context context) {
        this.context = context;
    }

    /// Version and lengths (RFC 8200, section 3). A packet that fails is dropped.
    ///
    /// @param bytes how many follow from the header on; link padding is allowed
    boolean hasValidHeader(long packet, long header, int bytes) {
        if (bytes < Ipv6.HEADER_BYTES) {
            return refuse(packet, Counter.DROP_TRUNCATED);
        }
        if (Ipv6.version(header) != Ipv6.VERSION) {
            return refuse(packet, Counter.DROP_IP_HEADER);
        }
        if (Ipv6.HEADER_BYTES + Ipv6.payloadLength(header) > bytes) {
            return refuse(packet, Counter.DROP_TRUNCATED);
        }
        context.tracer.headerValid(Ipv6.VERSION);
        return true;
    }

    private boolean refuse(long packet, Counter reason) {
        context.drop(packet, reason);
        return false;
    }

    /// Takes off what is before the header and after the packet.
    static void strip(long packet, int headerAt) {
        long header = Mbuf.pop(packet, headerAt);
        Mbuf.setLength(packet, Ipv6.HEADER_BYTES + Ipv6.payloadLength(header));
    }

    /// True if both addresses may leave their link; else the packet is dropped. Groups and our own
    /// addresses are dealt with already.
    boolean mayBeForwarded(long packet, long header) {
        long high = Ipv6.destinationHigh(header);
        long low = Ipv6.destinationLow(header);
        if (Ipv6.isUnspecified(high, low) || Ipv6.isLoopback(high, low)) {
            return refuse(packet, Counter.DROP_MARTIAN);
        }
        if (Ipv6.isLinkLocal(high) || Ipv6.isLinkLocal(Ipv6.sourceHigh(header))) {
            return refuse(packet, Counter.DROP_LINK_LOCAL);
        }
        return true;
    }
}
