package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.table.LabelTable;
import org.edgeplex.net.MplsLabel;

/// MPLS from the core: pops the stack down to our VPN label and the IPv4 packet under it.
final class CoreInput {
    /// The label names this access's VRF: it must be the last one.
    static final int POP_AND_ROUTE = 1;

    /// A transport label of this PE: another one must follow.
    static final int POP = 2;

    /// Explicit null, transport label, VPN label.
    private static final int STACK_MAX = 3;

    private static final int REFUSED = -1;

    private final Context context;
    private final LabelTable labels;
    private final Ipv4Rules rules;
    private final IcmpErrors errors;
    private int stackTtl;

    CoreInput(Context context, LabelTable labels, Ipv4Rules rules, IcmpErrors errors) {
        this.context = context;
        this.labels = labels;
        this.rules = rules;
        this.errors = errors;
    }

    void accept(long packet, Ipv4Burst burst, long nowNanos) {
        context.counters.increment(Counter.FROM_CORE_PACKETS);
        long frame = Mbuf.data(packet);
        if (Ethernet.destination(frame) != context.access.coreMac()) {
            context.drop(packet, Counter.DROP_FOREIGN_MAC);
            return;
        }
        int headerAt = popStack(packet, frame);
        if (headerAt == REFUSED) {
            return;
        }
        long header = frame + headerAt;
        if (!rules.hasValidHeader(packet, header, Mbuf.length(packet) - headerAt)) {
            return;
        }
        int totalLength = Ipv4.totalLength(header);
        Mbuf.pop(packet, headerAt);
        Mbuf.setLength(packet, totalLength);
        route(packet, header, burst, nowNanos);
    }

    /// The offset of what lies under the stack, or [#REFUSED] if the packet was dropped.
    private int popStack(long packet, long frame) {
        int at = Ethernet.HEADER_BYTES;
        stackTtl = 0xff;
        for (int depth = 0; depth < STACK_MAX; depth++) {
            if (Mbuf.length(packet) < at + Mpls.ENTRY_BYTES) {
                return refuse(packet, Counter.DROP_TRUNCATED);
            }
            int entry = Memory.getIntBig(frame + at);
            boolean isBottom = Mpls.isBottomOfStack(entry);
            at += Mpls.ENTRY_BYTES;
            stackTtl = Math.min(stackTtl, Mpls.ttl(entry));
            int action = action(Mpls.label(entry));
            if (action == LabelTable.MISSING) {
                return refuse(packet, Counter.DROP_UNKNOWN_LABEL);
            }
            if ((action == POP_AND_ROUTE) != isBottom) {
                return refuse(packet, Counter.DROP_LABEL_STACK);
            }
            if (isBottom) {
                return at;
            }
        }
        return refuse(packet, Counter.DROP_LABEL_STACK);
    }

    private int action(int label) {
        return label == MplsLabel.IPV4_EXPLICIT_NULL.value() ? POP : labels.get(label);
    }

    private int refuse(long packet, Counter reason) {
        context.drop(packet, reason);
        return REFUSED;
    }

    private void route(long packet, long header, Ipv4Burst burst, long nowNanos) {
        int destination = Ipv4.destination(header);
        // RFC 3443, section 3.1, uniform model; the smaller one where a P router copied nothing.
        int ttl = Math.min(stackTtl, Ipv4.ttl(header));
        if (!rules.isForeignUnicast(Ipv4.source(header))) {
            context.drop(packet, Counter.DROP_MARTIAN);
        } else if (destination == context.access.gateway()) {
            TapInput.frameForKernel(packet, context.access);
            context.outputs.toTap(packet);
        } else if (context.access.isSubnetBroadcast(destination)
                || Ipv4Rules.isMulticast(destination)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (!Ipv4Rules.isUnicast(destination)) {
            context.drop(packet, Counter.DROP_MARTIAN);
        } else if (ttl <= 1) {
            errors.timeExceeded(packet, Counter.DROP_TTL_EXPIRED, nowNanos);
        } else {
            burst.add(packet, destination, ttl - 1, Ipv4Burst.FROM_CORE);
        }
    }
}
