package org.edgeplex.state.bench;

import org.HdrHistogram.Histogram;

/// What is measured: [Objects#COUNT] objects, in a store or in something like it.
interface Subject extends AutoCloseable {
    String name();

    default boolean does(Operation operation, int batch) {
        return true;
    }

    /// Calls for about so long, and returns how many nanoseconds a call took.
    Histogram run(Operation operation, int batch, long nanos);

    @Override
    void close();
}
