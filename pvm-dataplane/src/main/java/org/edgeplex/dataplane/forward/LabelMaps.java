package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Mpls;

/// A [LabelTreatment] as the packet path wants it.
final class LabelMaps {
    private static final int TTL_MAX = 0xff;
    private static final int ECN_BITS = 2;
    private static final int ECN_MASK = (1 << ECN_BITS) - 1;

    /// By the whole octet of code point and ECN.
    private final byte[] trafficClasses = new byte[256];

    /// The same as [Mpls#marks], without a TTL.
    private final int[] marks = new int[256];

    private final byte[] codePoints = new byte[8];
    private final boolean hasCodePoints;
    private final int ttlFill;

    LabelMaps(LabelTreatment treatment) {
        for (int i = 0; i < trafficClasses.length; i++) {
            trafficClasses[i] = treatment.trafficClasses().get(i >>> ECN_BITS).byteValue();
            marks[i] = Mpls.marks(trafficClasses[i], 0);
        }
        hasCodePoints = !treatment.codePoints().isEmpty();
        for (int i = 0; hasCodePoints && i < codePoints.length; i++) {
            codePoints[i] = treatment.codePoints().get(i).byteValue();
        }
        ttlFill = treatment.ttlModel() == LabelTreatment.TtlModel.PIPE ? TTL_MAX : 0;
    }

    /// The labels' traffic class for a packet with this octet.
    int trafficClass(int octet) {
        return trafficClasses[octet];
    }

    /// The labels' TTL for a packet that leaves with this one: the highest there is where the core
    /// is a pipe.
    int labelTtl(int ttl) {
        return ttl | ttlFill;
    }

    /// The labels' [Mpls#marks] for a packet with this octet that leaves with this TTL.
    int marks(int octet, int ttl) {
        return marks[octet] | labelTtl(ttl) << Integer.SIZE - Byte.SIZE;
    }

    boolean isPipe() {
        return ttlFill != 0;
    }

    /// True if packets from the core take their code point from the label.
    boolean hasCodePoints() {
        return hasCodePoints;
    }

    /// The octet for a packet whose outermost label had this traffic class; congestion marks stay.
    int octet(int trafficClass, int before) {
        return codePoints[trafficClass] << ECN_BITS | before & ECN_MASK;
    }
}
