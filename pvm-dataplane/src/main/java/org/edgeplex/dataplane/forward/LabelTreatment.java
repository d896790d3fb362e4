package org.edgeplex.dataplane.forward;

import java.util.List;
import java.util.stream.IntStream;

/// How TTL and class of service pass between an IP header and its labels.
///
/// @param ttlModel whether the customer sees the core's hops (RFC 3443)
/// @param trafficClasses the traffic class that each of the 64 code points gets on imposition (RFC
///   3270, section 4.2; RFC 5462 has renamed the field)
/// @param codePoints the code point that a packet leaves with for each of the 8 traffic classes of
///   the outermost label (RFC 3270, section 2.6.3, uniform model), or none to leave its own (pipe)
public record LabelTreatment(
        TtlModel ttlModel, List<Integer> trafficClasses, List<Integer> codePoints) {
    private static final int CODE_POINTS = 64;
    private static final int TRAFFIC_CLASSES = 8;

    /// The code points' top three bits, their class selector, are the traffic class; packets keep
    /// their own.
    public static final LabelTreatment DEFAULT =
            new LabelTreatment(
                    TtlModel.UNIFORM,
                    IntStream.range(0, CODE_POINTS).mapToObj(each -> each >>> 3).toList(),
                    List.of());

    /// RFC 3443, section 3.
    public enum TtlModel {
        /// Labels carry on with the packet's TTL and give it back: the core's hops count.
        UNIFORM,
        /// The core is one hop. For the router at the end of the LSP this is the short pipe too.
        PIPE
    }

    public LabelTreatment {
        trafficClasses = List.copyOf(trafficClasses);
        codePoints = List.copyOf(codePoints);
        if (trafficClasses.size() != CODE_POINTS
                || !trafficClasses.stream().allMatch(each -> isIn(each, TRAFFIC_CLASSES))) {
            throw new IllegalArgumentException("not 64 traffic classes: " + trafficClasses);
        }
        if (!codePoints.isEmpty()
                && (codePoints.size() != TRAFFIC_CLASSES
                        || !codePoints.stream().allMatch(each -> isIn(each, CODE_POINTS)))) {
            throw new IllegalArgumentException("not 8 code points: " + codePoints);
        }
    }

    private static boolean isIn(int value, int count) {
        return value >= 0 && value < count;
    }

    public LabelTreatment with(TtlModel other) {
        return new LabelTreatment(other, trafficClasses, codePoints);
    }
}
