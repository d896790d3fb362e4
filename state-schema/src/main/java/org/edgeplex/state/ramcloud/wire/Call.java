package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import org.edgeplex.state.ramcloud.PendingCall;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// One call of the client, as requests. Each operation is in one place only: a lane, a request on
/// the way, or waiting on the loop.
abstract class Call<T> extends PendingCall<T> {
    Call(int size, Duration timeout, PendingCalls calls) {
        super(size, timeout, calls);
    }

    abstract Kind kind(int index);

    abstract long tableId(int index);

    abstract long hash(int index);

    /// About as much as the operation adds to a request.
    abstract int bytes(int index);

    /// Writes the operation as a request of its own.
    abstract void encode(FrameWriter out, int index, @Nullable LinearId linear);

    /// Writes the operation as an item of a MULTI_OP.
    abstract void encodeItem(FrameWriter out, int index);

    /// Takes the answer, of which the status was read. As an item its size does not depend on the
    /// status.
    abstract Verdict answer(int index, int status, FrameReader reply, boolean item);

    /// The operation that was just answered had been sent before, and may have been done then.
    void repeated(int index) {}
}
