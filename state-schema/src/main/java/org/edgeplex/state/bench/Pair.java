package org.edgeplex.state.bench;

import java.util.List;

/// Two subjects whose calls are compared: how much longer the first takes.
///
/// @param over how the base is called in the metric: `redis_tcp_get_over_raw`
record Pair(String subject, String base, String over, List<Operation> operations) {
    /// What it costs to write in the name of a life.
    static Pair ofFence(String engine) {
        return new Pair(engine + "_fenced", engine, "put", List.of(Operation.PUT));
    }

    String metric(Operation operation, int batch) {
        return "%s_%s_over_%s".formatted(subject, operation.metric(batch), over);
    }
}
