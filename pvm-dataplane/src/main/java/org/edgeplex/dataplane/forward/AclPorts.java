package org.edgeplex.dataplane.forward;

import java.util.List;
import java.util.TreeSet;

/// One dimension of an [Acl]: the ports, cut where a rule's range begins or ends; and before them
/// packets without, which are in the sets of those rules only that ask for no port.
final class AclPorts {
    static final long NONE = -1;

    private final int[] bounds;
    private final long[] rules;

    AclPorts(List<AclRule.Ports> ranges, int words) {
        TreeSet<Integer> starts = new TreeSet<>(List.of(-1, 0));
        for (AclRule.Ports range : ranges) {
            starts.add(range.first());
            starts.add(range.last() + 1);
        }
        bounds = starts.stream().mapToInt(Integer::intValue).toArray();
        rules = new long[bounds.length * words];
        for (int interval = 0; interval < bounds.length; interval++) {
            int first = bounds[interval];
            for (int rule = 0; rule < ranges.size(); rule++) {
                AclRule.Ports range = ranges.get(rule);
                boolean isIn =
                        first < 0
                                ? range.equals(AclRule.Ports.ALL)
                                : range.first() <= first && first <= range.last();
                if (isIn) {
                    rules[interval * words + rule / Long.SIZE] |= 1L << rule;
                }
            }
        }
    }

    /// The interval that a port is in; -1 is no port.
    int find(int port) {
        int from = 0;
        int to = bounds.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (bounds[middle] <= port) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }

    long rules(int index) {
        return rules[index];
    }
}
