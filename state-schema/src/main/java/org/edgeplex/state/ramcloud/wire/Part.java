package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// Operations of one call that go to one server together. In one place at a time.
final class Part {
    final Call<?> call;
    final int[] indices;
    final int bytes;

    /// How often it was sent in vain.
    int attempts;

    /// The number of a lone operation that is done once; null: it has none.
    @Nullable LinearId linear;

    /// Whether a server may have done it although we had no answer.
    boolean maybeDone;

    /// Whether it was sent again after that without a number that tells the server so.
    boolean repeated;

    Part(Call<?> call, int[] indices, int bytes) {
        this.call = call;
        this.indices = indices;
        this.bytes = bytes;
    }

    Kind kind() {
        return call.kind(indices[0]);
    }

    /// What is left of it after some had their answer.
    Part rest(int[] open) {
        if (open.length == indices.length) {
            return this;
        }
        Part rest = new Part(call, open, bytes);
        rest.attempts = attempts;
        rest.maybeDone = maybeDone;
        rest.repeated = repeated;
        return rest;
    }
}
