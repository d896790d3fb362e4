package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Mbuf;

/// What all parts of one forwarder share.
final class Context {
    final Outputs outputs;
    final Counters counters;

    /// ICMP errors and kernel packets: they take their route after the burst that caused them.
    final Ipv4Burst originated;

    final Ipv6Burst originatedIpv6 = new Ipv6Burst();

    final Conditions fromCustomer;
    final Conditions fromCore;

    /// Change between bursts only.
    Access access;

    LabelMaps labelMaps;
    Tracer tracer = Tracer.NONE;
    Ipv6Scope ipv6;

    Context(SegmentAllocator memory, Access access, Outputs outputs, Counters counters) {
        originated = new Ipv4Burst(memory);
        this.access = access;
        labelMaps = new LabelMaps(access.labelTreatment());
        ipv6 = new Ipv6Scope(access);
        this.outputs = outputs;
        this.counters = counters;
        fromCustomer = new Conditions(outputs, counters, Direction.FROM_CUSTOMER);
        fromCore = new Conditions(outputs, counters, Direction.FROM_CORE);
    }

    void setAccess(Access now) {
        access = now;
        labelMaps = new LabelMaps(now.labelTreatment());
        ipv6 = new Ipv6Scope(now);
    }

    void setTracer(Tracer now) {
        tracer = now;
        outputs.setTracer(now);
        fromCustomer.setTracer(now);
        fromCore.setTracer(now);
    }

    Conditions conditions(Direction direction) {
        return switch (direction) {
            case FROM_CUSTOMER -> fromCustomer;
            case FROM_CORE -> fromCore;
        };
    }

    void countFromCustomer(long packet) {
        counters.increment(Counter.FROM_CUSTOMER_PACKETS);
        counters.add(Counter.FROM_CUSTOMER_BYTES, Mbuf.length(packet));
    }

    void drop(long packet, Counter reason) {
        outputs.drop(packet, reason);
    }
}
