package org.edgeplex.dataplane.forward;

import java.util.EnumMap;
import java.util.Map;

/// One number per [Counter]: written by the worker with plain stores, read by anybody a little
/// late.
public final class Counters {
    private static final Counter[] ALL = Counter.values();

    private final long[] values = new long[ALL.length];

    public void increment(Counter counter) {
        values[index(counter)]++;
    }

    public void add(Counter counter, long count) {
        values[index(counter)] += count;
    }

    public long get(Counter counter) {
        return values[index(counter)];
    }

    /// The counters that are not zero.
    public Map<Counter, Long> snapshot() {
        Map<Counter, Long> snapshot = new EnumMap<>(Counter.class);
        for (Counter counter : ALL) {
            long value = values[index(counter)];
            if (value != 0) {
                snapshot.put(counter, value);
            }
        }
        return snapshot;
    }

    @SuppressWarnings("EnumOrdinal") // an array index within one process, never stored
    private static int index(Counter counter) {
        return counter.ordinal();
    }
}
