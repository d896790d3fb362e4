package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// INCREMENT.
final class IncrementCall extends Call<Long> {
    private final ObjectKey key;
    private final long delta;
    private volatile long result;

    IncrementCall(ObjectKey key, long delta, Duration timeout, PendingCalls calls) {
        super(1, timeout, calls);
        this.key = key;
        this.delta = delta;
    }

    @Override
    Kind kind(int index) {
        return Kind.INCREMENT;
    }

    @Override
    long tableId(int index) {
        return key.tableId();
    }

    @Override
    long hash(int index) {
        return KeyHash.of(key.tableId(), key.key());
    }

    @Override
    int bytes(int index) {
        return Requests.ITEM_BYTES + key.key().length();
    }

    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        if (linear == null) {
            throw new IllegalStateException("an increment without a number");
        }
        Requests.increment(out, key, delta, linear);
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        throw new IllegalStateException("increments go alone");
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        Verdict verdict = Verdict.of(status);
        switch (status) {
            case Status.OK -> {
                reply.u64();
                result = reply.u64();
            }
            case Status.INVALID_OBJECT ->
                    endWith(
                            new StoreException(
                                    "the object %s of table %d is no counter"
                                            .formatted(key.key(), key.tableId())));
            default -> {
                if (verdict == Verdict.DONE) {
                    endWith(ClusterFailures.refused("increment", key.tableId(), status));
                }
            }
        }
        return verdict;
    }

    @Override
    protected Long result() {
        return result;
    }

    @Override
    protected Long resultSoFar(String why) {
        throw ClusterFailures.late("adding to a counter, which may have happened or not", why);
    }
}
