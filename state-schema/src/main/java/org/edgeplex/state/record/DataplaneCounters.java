package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.state.RecordCodec;

/// What a data plane has counted since it started. Key: the attachment number.
///
/// Writer: the data plane, once a second while something moves.
public record DataplaneCounters(List<Counter> counters) {
    public DataplaneCounters {
        counters = List.copyOf(counters);
    }

    /// One count.
    ///
    /// @param name such as `pushed_packets` or `drop_ttl_expired`
    public record Counter(String name, long value) {}

    public static final RecordCodec<DataplaneCounters> CODEC =
            RecordCodec.of(
                    (out, counters) ->
                            out.list(
                                    counters.counters,
                                    (o, counter) -> o.text(counter.name).i64(counter.value)),
                    in -> new DataplaneCounters(in.list(i -> new Counter(i.text(), i.i64()))));
}
