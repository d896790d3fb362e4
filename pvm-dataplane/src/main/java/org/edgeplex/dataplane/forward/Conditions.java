package org.edgeplex.dataplane.forward;

import java.util.Objects;
import org.edgeplex.dataplane.packet.Mbuf;
import org.jspecify.annotations.Nullable;

/// What packets of one direction must meet to be let in: an ACL, which all of them pass through,
/// and a policer for those that are to be routed. Where neither is set, [OrdinaryInput] may take
/// the short way.
final class Conditions {
    private final Outputs outputs;
    private final Counters counters;
    private final Counter denied;
    private final Counter beyondCommitted;
    private final Counter beyondExcess;
    private final Direction direction;
    private Tracer tracer = Tracer.NONE;
    private @Nullable Acl acl;
    private @Nullable Policer policer;
    private @Nullable Meter meter;

    Conditions(Outputs outputs, Counters counters, Direction direction) {
        this.outputs = outputs;
        this.counters = counters;
        this.direction = direction;
        boolean isFromCustomer = direction == Direction.FROM_CUSTOMER;
        denied = isFromCustomer ? Counter.DROP_ACL_FROM_CUSTOMER : Counter.DROP_ACL_FROM_CORE;
        beyondCommitted =
                isFromCustomer
                        ? Counter.POLICED_YELLOW_FROM_CUSTOMER
                        : Counter.POLICED_YELLOW_FROM_CORE;
        beyondExcess =
                isFromCustomer
                        ? Counter.DROP_POLICED_FROM_CUSTOMER
                        : Counter.DROP_POLICED_FROM_CORE;
    }

    void setTracer(Tracer now) {
        tracer = now;
    }

    void setAcl(@Nullable Acl now) {
        acl = now;
    }

    /// The same one again leaves its buckets as they are.
    void setPolicer(@Nullable Policer now) {
        if (Objects.equals(now, policer)) {
            return;
        }
        policer = now;
        meter = now == null ? null : new Meter(now);
    }

    boolean areNone() {
        return acl == null && meter == null;
    }

    /// A valid packet; false if it has been dropped.
    boolean permitsIpv4(long packet, long header, int length) {
        Acl rules = acl;
        return rules == null || isPermitted(packet, rules.permitsIpv4(header, length));
    }

    boolean permitsIpv6(long packet, long header, int length) {
        Acl rules = acl;
        return rules == null || isPermitted(packet, rules.permitsIpv6(header, length));
    }

    private boolean isPermitted(long packet, boolean isPermitted) {
        tracer.ruled(direction, isPermitted);
        return isPermitted || drop(packet, denied);
    }

    /// A packet without its frame; false if it has been dropped.
    boolean isWithinRate(long packet, long nowNanos) {
        Meter buckets = meter;
        if (buckets == null) {
            return true;
        }
        int color = buckets.color(Mbuf.length(packet), nowNanos);
        tracer.policed(direction, color);
        if (color == Meter.YELLOW) {
            counters.increment(beyondCommitted);
        }
        return color != Meter.RED || drop(packet, beyondExcess);
    }

    private boolean drop(long packet, Counter reason) {
        outputs.drop(packet, reason);
        return false;
    }
}
