package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Icmp;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;

/// Turns a packet that cannot be forwarded into the ICMP error to its sender, in its own buffer.
///
/// - RFC 1812, section 4.3.2: what must not be answered, how much is quoted, the rate limit
/// - RFC 1191, section 4: the MTU of the next hop
final class IcmpErrors {
    static final int ERRORS_PER_SECOND = 100;
    static final int ERRORS_BURST = 20;

    private static final int MESSAGE_BYTES_MAX = 576;
    private static final int HEADERS_BYTES = Ipv4.HEADER_BYTES + Icmp.HEADER_BYTES;
    private static final int TTL = 64;

    /// DSCP CS6, network control (RFC 1812, 4.3.2.5 with RFC 4594).
    private static final int TRAFFIC_CLASS = 0xc0;

    private final Context context;
    private final TokenBucket limit = new TokenBucket(ERRORS_PER_SECOND, ERRORS_BURST);
    private int identification;

    IcmpErrors(Context context) {
        this.context = context;
    }

    void timeExceeded(long packet, Counter reason, long nowNanos) {
        send(packet, reason, Icmp.TIME_EXCEEDED, Icmp.CODE_TTL_EXCEEDED, 0, nowNanos);
    }

    void netUnreachable(long packet, Counter reason, long nowNanos) {
        send(packet, reason, Icmp.DESTINATION_UNREACHABLE, Icmp.CODE_NET_UNREACHABLE, 0, nowNanos);
    }

    void hostUnreachable(long packet, Counter reason, long nowNanos) {
        send(packet, reason, Icmp.DESTINATION_UNREACHABLE, Icmp.CODE_HOST_UNREACHABLE, 0, nowNanos);
    }

    void fragmentationNeeded(long packet, int mtuBytes, long nowNanos) {
        send(
                packet,
                Counter.DROP_TOO_BIG,
                Icmp.DESTINATION_UNREACHABLE,
                Icmp.CODE_FRAGMENTATION_NEEDED,
                mtuBytes,
                nowNanos);
    }

    private void send(
            long packet, Counter reason, int type, int code, int nextHopMtu, long nowNanos) {
        Ipv4Burst originated = context.originated;
        if (!mayBeAnswered(packet) || originated.isFull() || !limit.take(nowNanos)) {
            context.drop(packet, reason);
            return;
        }
        context.counters.increment(reason);
        context.counters.increment(Counter.ICMP_ERRORS_SENT);
        context.tracer.errorOriginated(reason, type, code);
        int source = Ipv4.source(Mbuf.data(packet));
        int quoted = Math.min(Mbuf.length(packet), MESSAGE_BYTES_MAX - HEADERS_BYTES);
        Mbuf.setLength(packet, quoted);
        long header = Mbuf.push(packet, HEADERS_BYTES);
        Icmp.putError(
                header + Ipv4.HEADER_BYTES, type, code, nextHopMtu, Icmp.HEADER_BYTES + quoted);
        Ipv4.put(
                header,
                TRAFFIC_CLASS,
                HEADERS_BYTES + quoted,
                identification++ & 0xffff,
                TTL,
                Ipv4.PROTOCOL_ICMP,
                context.access.gateway(),
                source);
        originated.add(packet, source, TTL, Ipv4Burst.FROM_SELF);
    }

    /// Not an ICMP error, not a later fragment, and from a single host (RFC 1812, section 4.3.2.7);
    /// other sources that are none and link broadcasts were dropped before.
    private boolean mayBeAnswered(long packet) {
        long header = Mbuf.data(packet);
        if ((Ipv4.fragment(header) & Ipv4.FRAGMENT_OFFSET_MASK) != 0
                || context.access.isSubnetBroadcast(Ipv4.source(header))) {
            return false;
        }
        int headerBytes = Ipv4.headerBytes(header);
        boolean isIcmp = Ipv4.protocol(header) == Ipv4.PROTOCOL_ICMP;
        return !isIcmp
                || Mbuf.length(packet) > headerBytes
                        && !Icmp.isError(Icmp.type(header + headerBytes));
    }
}
