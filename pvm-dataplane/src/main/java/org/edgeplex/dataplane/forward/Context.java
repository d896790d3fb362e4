package org.edgeplex.dataplane.forward;

/// What all parts of one forwarder share.
final class Context {
    final Outputs outputs;
    final Counters counters;

    /// ICMP errors and kernel packets: they take their route after the burst that caused them.
    final Ipv4Burst originated = new Ipv4Burst();

    /// Change between bursts only.
    Access access;

    LabelMaps labelMaps;

    Context(Access access, Outputs outputs, Counters counters) {
        this.access = access;
        labelMaps = new LabelMaps(access.labelTreatment());
        this.outputs = outputs;
        this.counters = counters;
    }

    void setAccess(Access now) {
        access = now;
        labelMaps = new LabelMaps(now.labelTreatment());
    }

    void drop(long packet, Counter reason) {
        outputs.drop(packet, reason);
    }
}
