package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.table.LabelTable;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.telemetry.TrafficRows;

/// MPLS from the core: pops the stack down to our VPN label and the IP packet under it, or to a
/// label that is to be switched.
final class CoreInput {
    /// Labels of ours in a row: explicit null, two transport labels, VPN label.
    static final int STACK_MAX = 4;

    private static final int REFUSED = -1;

    private final Context context;
    private final LabelTable labels;
    private final Ipv4Rules rules;
    private final IcmpErrors errors;
    private final LabelSwitch labelSwitch;
    private final Ipv6Input ipv6;

    /// What the labels popped so far have said.
    private int stackTtl;

    private int trafficClass;
    private int lastLabel;

    CoreInput(
            Context context,
            LabelTable labels,
            Ipv4Rules rules,
            IcmpErrors errors,
            LabelSwitch labelSwitch,
            Ipv6Input ipv6) {
        this.context = context;
        this.labels = labels;
        this.rules = rules;
        this.errors = errors;
        this.labelSwitch = labelSwitch;
        this.ipv6 = ipv6;
    }

    void accept(long packet, Ipv4Burst burst, Ipv6Burst ipv6Burst, long nowNanos) {
        int frameBytes = Mbuf.length(packet);
        context.counters.increment(Counter.FROM_CORE_PACKETS);
        context.counters.add(Counter.FROM_CORE_BYTES, frameBytes);
        long frame = Mbuf.data(packet);
        if (Ethernet.destination(frame) != context.access.coreMac()) {
            context.drop(packet, Counter.DROP_FOREIGN_MAC);
            return;
        }
        context.tracer.addressed(context.access.coreMac());
        int headerAt = popStack(packet, frame, frameBytes);
        if (headerAt == REFUSED) {
            return;
        }
        if (isIpv6(packet, frame, headerAt)) {
            ipv6.fromCore(packet, headerAt, stackTtl, trafficClass, ipv6Burst, nowNanos);
        } else {
            acceptIpv4(packet, frame + headerAt, headerAt, burst, nowNanos);
        }
    }

    /// A VPN label is of both families, and the first bits tell (RFC 4659, section 3); an explicit
    /// null is of one.
    private boolean isIpv6(long packet, long frame, int headerAt) {
        return context.ipv6.isOn
                && lastLabel != MplsLabel.IPV4_EXPLICIT_NULL.value()
                && Mbuf.length(packet) > headerAt
                && Ipv6.version(frame + headerAt) == Ipv6.VERSION;
    }

    private void acceptIpv4(
            long packet, long header, int headerAt, Ipv4Burst burst, long nowNanos) {
        if (!rules.hasValidHeader(packet, header, Mbuf.length(packet) - headerAt)) {
            return;
        }
        if (lastLabel == MplsLabel.IPV6_EXPLICIT_NULL.value()) {
            context.drop(packet, Counter.DROP_IP_HEADER);
            return;
        }
        int totalLength = Ipv4.totalLength(header);
        Mbuf.pop(packet, headerAt);
        Mbuf.setLength(packet, totalLength);
        route(packet, header, burst, nowNanos);
    }

    /// The offset of what lies under the stack, or [#REFUSED] if the packet is gone.
    private int popStack(long packet, long frame, int frameBytes) {
        boolean isPipe = context.labelMaps.isPipe();
        int at = Ethernet.HEADER_BYTES;
        stackTtl = 0xff;
        for (int depth = 0; depth < STACK_MAX; depth++) {
            if (Mbuf.length(packet) < at + Mpls.ENTRY_BYTES) {
                return refuse(packet, Counter.DROP_TRUNCATED);
            }
            int entry = Memory.getIntBig(frame + at);
            boolean isBottom = Mpls.isBottomOfStack(entry);
            at += Mpls.ENTRY_BYTES;
            lastLabel = Mpls.label(entry);
            stackTtl = isPipe ? Mpls.ttl(entry) : Math.min(stackTtl, Mpls.ttl(entry));
            trafficClass = depth == 0 ? Mpls.trafficClass(entry) : trafficClass;
            int value = value(lastLabel, isBottom);
            if (value == LabelTable.MISSING) {
                return refuse(packet, Counter.DROP_UNKNOWN_LABEL);
            }
            context.tracer.popped(lastLabel, Mpls.trafficClass(entry), Mpls.ttl(entry), isBottom);
            context.counters.popped.add(LabelAction.row(value), TrafficRows.packets(1, frameBytes));
            int action = LabelAction.action(value);
            if (action == LabelAction.SWITCH) {
                Mbuf.pop(packet, at);
                int adjacency = LabelAction.adjacency(value);
                labelSwitch.forward(packet, adjacency, isBottom, trafficClass, stackTtl);
                return REFUSED;
            }
            if (LabelAction.isToTable(action) != isBottom) {
                return refuse(packet, Counter.DROP_LABEL_STACK);
            }
            if (isBottom) {
                return at;
            }
        }
        return refuse(packet, Counter.DROP_LABEL_STACK);
    }

    /// Explicit null needs no binding above another label (RFC 4182, section 4).
    private int value(int label, boolean isBottom) {
        int value = labels.get(label);
        boolean isNull =
                label == MplsLabel.IPV4_EXPLICIT_NULL.value()
                        || label == MplsLabel.IPV6_EXPLICIT_NULL.value();
        return isNull && (value == LabelTable.MISSING || !isBottom) ? LabelAction.POP : value;
    }

    private int refuse(long packet, Counter reason) {
        context.drop(packet, reason);
        return REFUSED;
    }

    private void route(long packet, long header, Ipv4Burst burst, long nowNanos) {
        int destination = Ipv4.destination(header);
        LabelMaps maps = context.labelMaps;
        // RFC 3443, section 3: the uniform model's smaller one, where a P router copied nothing;
        // or the customer's own through a pipe.
        int ttl = maps.isPipe() ? Ipv4.ttl(header) : Math.min(stackTtl, Ipv4.ttl(header));
        if (maps.hasCodePoints()) {
            int octet = maps.octet(trafficClass, Ipv4.trafficClass(header));
            Ipv4.putTrafficClass(header, octet);
        }
        if (!rules.isForeignUnicast(Ipv4.source(header))) {
            context.drop(packet, Counter.DROP_MARTIAN);
            return;
        }
        if (!context.fromCore.permitsIpv4(packet, header, Mbuf.length(packet))) {
            return;
        }
        if (destination == context.access.gateway()) {
            TapInput.frameForKernel(packet, context.access, Ethernet.TYPE_IPV4);
            context.outputs.toTap(packet);
        } else if (context.access.isSubnetBroadcast(destination)
                || Ipv4Rules.isMulticast(destination)) {
            context.drop(packet, Counter.DROP_MULTICAST);
        } else if (!Ipv4Rules.isUnicast(destination)) {
            context.drop(packet, Counter.DROP_MARTIAN);
        } else if (!context.fromCore.isWithinRate(packet, nowNanos)) {
            return;
        } else if (ttl <= 1) {
            errors.timeExceeded(packet, Counter.DROP_TTL_EXPIRED, nowNanos);
        } else {
            context.tracer.toBeRouted(ttl - 1);
            burst.add(packet, destination, ttl - 1, Ipv4Burst.FROM_CORE);
        }
    }
}
