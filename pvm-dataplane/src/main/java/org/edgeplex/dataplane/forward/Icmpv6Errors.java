package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Icmpv6;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;

/// Turns a packet that cannot be forwarded into the ICMPv6 error to its sender, in its own buffer.
///
/// - RFC 4443, section 2.4: what must not be answered, how much is quoted, the rate limit
/// - RFC 8201: the MTU of the next hop
final class Icmpv6Errors {
    private static final int HEADERS_BYTES = Ipv6.HEADER_BYTES + Icmpv6.HEADER_BYTES;
    private static final int HOP_LIMIT = 64;

    /// DSCP CS6, network control, as for ICMP.
    private static final int TRAFFIC_CLASS = 0xc0;

    private final Context context;
    private final TokenBucket limit =
            new TokenBucket(IcmpErrors.ERRORS_PER_SECOND, IcmpErrors.ERRORS_BURST);

    Icmpv6Errors(Context context) {
        this.context = context;
    }

    void timeExceeded(long packet, Counter reason, long nowNanos) {
        send(packet, reason, Icmpv6.TIME_EXCEEDED, Icmpv6.CODE_HOP_LIMIT_EXCEEDED, 0, nowNanos);
    }

    void noRoute(long packet, Counter reason, long nowNanos) {
        send(packet, reason, Icmpv6.DESTINATION_UNREACHABLE, Icmpv6.CODE_NO_ROUTE, 0, nowNanos);
    }

    void addressUnreachable(long packet, Counter reason, long nowNanos) {
        int code = Icmpv6.CODE_ADDRESS_UNREACHABLE;
        send(packet, reason, Icmpv6.DESTINATION_UNREACHABLE, code, 0, nowNanos);
    }

    void packetTooBig(long packet, int mtuBytes, long nowNanos) {
        send(packet, Counter.DROP_TOO_BIG, Icmpv6.PACKET_TOO_BIG, 0, mtuBytes, nowNanos);
    }

    private void send(long packet, Counter reason, int type, int code, int rest, long nowNanos) {
        Ipv6Burst originated = context.originatedIpv6;
        if (!context.ipv6.isOn
                || !mayBeAnswered(packet)
                || originated.isFull()
                || !limit.take(nowNanos)) {
            context.drop(packet, reason);
            return;
        }
        context.counters.increment(reason);
        context.counters.increment(Counter.ICMPV6_ERRORS_SENT);
        context.tracer.errorOriginated(reason, type, code);
        long original = Mbuf.data(packet);
        long sourceHigh = Ipv6.sourceHigh(original);
        long sourceLow = Ipv6.sourceLow(original);
        int quoted = Math.min(Mbuf.length(packet), Ipv6.MTU_BYTES_MIN - HEADERS_BYTES);
        int messageBytes = Icmpv6.HEADER_BYTES + quoted;
        Mbuf.setLength(packet, quoted);
        long header = Mbuf.push(packet, HEADERS_BYTES);
        long icmp = header + Ipv6.HEADER_BYTES;
        Ipv6.put(header, TRAFFIC_CLASS, messageBytes, Ipv6.PROTOCOL_ICMPV6, HOP_LIMIT);
        Ipv6.putSource(header, context.ipv6.gatewayHigh, context.ipv6.gatewayLow);
        Ipv6.putDestination(header, sourceHigh, sourceLow);
        Icmpv6.put(icmp, type, code, rest);
        Icmpv6.putChecksum(header, icmp, messageBytes);
        originated.add(packet, sourceHigh, sourceLow, HOP_LIMIT, Ipv4Burst.FROM_SELF);
    }

    /// Not an ICMPv6 error, as far as the headers tell; sources that are no single host and groups
    /// were dropped before.
    private static boolean mayBeAnswered(long packet) {
        long header = Mbuf.data(packet);
        int length = Mbuf.length(packet);
        int found = Ipv6Upper.find(header, length);
        if (found == Ipv6Upper.UNKNOWN) {
            return false;
        }
        int at = Ipv6Upper.offset(found);
        // Of a later fragment nobody knows.
        return Ipv6Upper.protocol(found) != Ipv6.PROTOCOL_ICMPV6
                || at != 0 && at < length && !Icmpv6.isError(Icmpv6.type(header + at));
    }
}
