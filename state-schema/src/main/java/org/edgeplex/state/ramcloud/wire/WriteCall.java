package org.edgeplex.state.ramcloud.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// WRITE and REMOVE, alone or in a MULTI_OP.
final class WriteCall extends Call {
    private static final WriteOutcome OPEN = new WriteOutcome.Unknown("no answer");
    private static final WriteOutcome REMOVED = new WriteOutcome.Written(0);
    private static final WriteOutcome STALE =
            new WriteOutcome.Unknown("the server had forgotten its first answer");
    private static final WriteOutcome REPEATED =
            new WriteOutcome.Unknown("repeated after a lost answer, and then refused");

    private final List<ObjectWrite> writes;
    private final WriteOutcome[] results;
    private final CompletableFuture<List<WriteOutcome>> future = new CompletableFuture<>();

    WriteCall(List<ObjectWrite> writes, long deadlineNanos, Consumer<Call> whenDone) {
        super(writes.size(), deadlineNanos, whenDone);
        this.writes = writes;
        this.results = new WriteOutcome[writes.size()];
        Arrays.fill(results, OPEN);
    }

    CompletableFuture<List<WriteOutcome>> future() {
        return future;
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
        if (status == Protocol.STATUS_STALE_RPC) {
            results[index] = STALE;
            return Verdict.DONE;
        }
        boolean known =
                switch (status) {
                    case Protocol.STATUS_OK,
                            Protocol.STATUS_OBJECT_DOESNT_EXIST,
                            Protocol.STATUS_OBJECT_EXISTS,
                            Protocol.STATUS_WRONG_VERSION ->
                            true;
                    default -> false;
                };
        long version = known || item ? reply.u64() : 0;
        switch (status) {
            case Protocol.STATUS_OK -> {
                boolean put = kind(index) == Kind.WRITE;
                results[index] = put ? new WriteOutcome.Written(version) : REMOVED;
            }
            case Protocol.STATUS_OBJECT_DOESNT_EXIST ->
                    results[index] = new WriteOutcome.Conflict(0);
            case Protocol.STATUS_OBJECT_EXISTS, Protocol.STATUS_WRONG_VERSION ->
                    results[index] = new WriteOutcome.Conflict(version);
            default -> endWith(Failures.refused("write", tableId(index), status));
        }
        return Verdict.DONE;
    }

    /// A condition that does not hold any more may have been met by this very write.
    @Override
    void repeated(int index) {
        if (results[index] instanceof WriteOutcome.Conflict) {
            results[index] = REPEATED;
        }
    }

    @Override
    protected void complete() {
        future.complete(Collections.unmodifiableList(Arrays.asList(results)));
    }

    /// What is not answered is unknown; what is answered stays so.
    @Override
    protected void expire(String why) {
        WriteOutcome unknown = new WriteOutcome.Unknown(why);
        WriteOutcome[] known = results.clone();
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals(OPEN)) {
                known[i] = unknown;
            }
        }
        future.complete(Collections.unmodifiableList(Arrays.asList(known)));
    }

    @Override
    protected void fail(StoreException e) {
        future.completeExceptionally(e);
    }
}
