package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import java.util.List;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.PendingOutcomes;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// WRITE and REMOVE, alone or in a MULTI_OP.
final class WriteCall extends Call<List<WriteOutcome>> {
    private static final WriteOutcome STALE =
            new WriteOutcome.Unknown("the server had forgotten its first answer");
    private static final WriteOutcome REPEATED =
            new WriteOutcome.Unknown("repeated after a lost answer, and then refused");

    private final List<ObjectWrite> writes;
    private final PendingOutcomes outcomes;

    WriteCall(List<ObjectWrite> writes, Duration timeout, PendingCalls calls) {
        super(writes.size(), timeout, calls);
        this.writes = writes;
        this.outcomes = new PendingOutcomes(writes.size());
    }

    @Override
    Kind kind(int index) {
        return switch (writes.get(index)) {
            case ObjectWrite.Put _ -> Kind.WRITE;
            case ObjectWrite.Remove _ -> Kind.REMOVE;
        };
    }

    @Override
    long tableId(int index) {
        return writes.get(index).key().tableId();
    }

    @Override
    long hash(int index) {
        ObjectKey key = writes.get(index).key();
        return KeyHash.of(key.tableId(), key.key());
    }

    @Override
    int bytes(int index) {
        int fixed = Requests.ITEM_BYTES + writes.get(index).key().key().length();
        return switch (writes.get(index)) {
            case ObjectWrite.Put put -> fixed + put.value().length();
            case ObjectWrite.Remove _ -> fixed;
        };
    }

    /// Without a number it is sent as a MULTI_OP of one.
    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        if (linear == null) {
            Requests.multiOp(out, kind(index).multiType, 1);
            encodeItem(out, index);
            return;
        }
        switch (writes.get(index)) {
            case ObjectWrite.Put(var key, var value, var expect) ->
                    Requests.write(out, key, value, expect, linear);
            case ObjectWrite.Remove(var key, var expect) ->
                    Requests.remove(out, key, expect, linear);
        }
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        switch (writes.get(index)) {
            case ObjectWrite.Put(var key, var value, var expect) ->
                    Requests.multiWrite(out, key, value, expect);
            case ObjectWrite.Remove(var key, var expect) -> Requests.multiRemove(out, key, expect);
        }
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        Verdict verdict = Verdict.of(status);
        if (verdict != Verdict.DONE) {
            if (item) {
                reply.u64();
            }
            return verdict;
        }
        if (status == Status.STALE_RPC) {
            outcomes.set(index, STALE);
            return Verdict.DONE;
        }
        boolean known =
                switch (status) {
                    case Status.OK,
                            Status.OBJECT_DOESNT_EXIST,
                            Status.OBJECT_EXISTS,
                            Status.WRONG_VERSION ->
                            true;
                    default -> false;
                };
        long version = known || item ? reply.u64() : 0;
        switch (status) {
            case Status.OK -> outcomes.done(index, writes.get(index), version);
            case Status.OBJECT_DOESNT_EXIST -> outcomes.set(index, new WriteOutcome.Conflict(0));
            case Status.OBJECT_EXISTS, Status.WRONG_VERSION ->
                    outcomes.set(index, new WriteOutcome.Conflict(version));
            default -> endWith(ClusterFailures.refused("write", tableId(index), status));
        }
        return Verdict.DONE;
    }

    /// A condition that does not hold any more may have been met by this very write.
    @Override
    void repeated(int index) {
        if (outcomes.isConflict(index)) {
            outcomes.set(index, REPEATED);
        }
    }

    @Override
    protected List<WriteOutcome> result() {
        return outcomes.soFar("no answer");
    }

    @Override
    protected List<WriteOutcome> resultSoFar(String why) {
        return outcomes.soFar(why);
    }
}
