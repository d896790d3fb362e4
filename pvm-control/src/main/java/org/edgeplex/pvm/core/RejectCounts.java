package org.edgeplex.pvm.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How many routes were rejected, by reason.
public final class RejectCounts {
    private final Map<Reject, Long> counts = new EnumMap<>(Reject.class);

    void count(Reject reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    public long of(Reject reason) {
        return counts.getOrDefault(reason, 0L);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /// `MARTIAN 2, LOOP 1`.
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
