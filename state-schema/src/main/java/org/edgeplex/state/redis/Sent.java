package org.edgeplex.state.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is under way to the server: its replies come in this order.
sealed interface Sent {
    /// A command that changes nothing, so that it may be repeated.
    record OfRead(Read<?> read, int bytes, long atNanos) implements Sent {}

    record OfBatch(Batch batch, int bytes, long atNanos) implements Sent {}

    /// The `WAIT` behind a batch.
    record OfReplicas(Batch batch, int bytes, long atNanos) implements Sent {}

    /// What keeps the session's record from expiring.
    record OfRenewal(int bytes, long atNanos) implements Sent {}

    int bytes();

    long atNanos();

    /// Writes of several calls that go to the server in one script.
    final class Batch {
        final long number;
        final List<Segment> segments;
        final int count;

        /// What the script answered, while replicas are waited for.
        @Nullable Outcomes answered;

        Batch(long number, List<Segment> segments, int count) {
            this.number = number;
            this.segments = segments;
            this.count = count;
        }
    }

    /// The writes `from` to `to`, exclusive, of a call.
    record Segment(WriteCall call, int from, int to) {}
}
