package org.edgeplex.dataplane.forward;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;

/// One dimension of an [Acl]: the address space, cut where a rule's prefix begins or ends.
final class AclAddresses {
    private final long[] high;
    private final long[] low;
    private final long[] rules;

    AclAddresses(List<Ipv6Prefix> prefixes, int words) {
        TreeSet<Ipv6Address> bounds =
                new TreeSet<>(
                        Comparator.comparing(Ipv6Address::high, Long::compareUnsigned)
                                .thenComparing(Ipv6Address::low, Long::compareUnsigned));
        bounds.add(Ipv6Address.ANY);
        for (Ipv6Prefix prefix : prefixes) {
            bounds.add(prefix.address());
            bounds.add(after(prefix)); // past the last address this is the first one again
        }
        high = bounds.stream().mapToLong(Ipv6Address::high).toArray();
        low = bounds.stream().mapToLong(Ipv6Address::low).toArray();
        rules = new long[high.length * words];
        for (int interval = 0; interval < high.length; interval++) {
            Ipv6Address first = new Ipv6Address(high[interval], low[interval]);
            for (int rule = 0; rule < prefixes.size(); rule++) {
                if (prefixes.get(rule).contains(first)) {
                    rules[interval * words + rule / Long.SIZE] |= 1L << rule;
                }
            }
        }
    }

    private static Ipv6Address after(Ipv6Prefix prefix) {
        long lastHigh = prefix.address().high() | ~Ipv6Prefix.maskHigh(prefix.length());
        long lastLow = prefix.address().low() | ~Ipv6Prefix.maskLow(prefix.length());
        return new Ipv6Address(lastLow == -1 ? lastHigh + 1 : lastHigh, lastLow + 1);
    }

    /// The interval that an address is in.
    int find(long addressHigh, long addressLow) {
        int from = 0;
        int to = high.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(high[middle], addressHigh);
            if (order < 0 || order == 0 && Long.compareUnsigned(low[middle], addressLow) <= 0) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// A word of the sets of rules, which follow each other in the order of intervals.
    long rules(int index) {
        return rules[index];
    }
}
