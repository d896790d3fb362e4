package org.edgeplex.state.ramcloud.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// READ, alone or in a MULTI_OP.
final class ReadCall extends Call {
    private final List<ObjectKey> keys;
    private final Lookup[] results;
    private final CompletableFuture<List<Lookup>> future = new CompletableFuture<>();

    ReadCall(List<ObjectKey> keys, long deadlineNanos, Consumer<Call> whenDone) {
        super(keys.size(), deadlineNanos, whenDone);
        this.keys = keys;
        this.results = new Lookup[keys.size()];
        Arrays.fill(results, Lookup.ABSENT);
    }

    CompletableFuture<List<Lookup>> future() {
        return future;
    }

    @Override
    Kind kind(int index) {
        return Kind.READ;
    }

    @Override
    long tableId(int index) {
        return keys.get(index).tableId();
    }

    @Override
    long hash(int index) {
        ObjectKey key = keys.get(index);
        return KeyHash.of(key.tableId(), key.key());
    }

    @Override
    int bytes(int index) {
        return Requests.ITEM_BYTES + keys.get(index).key().length();
    }

    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        Requests.read(out, keys.get(index));
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        Requests.multiRead(out, keys.get(index));
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        Verdict verdict = Verdict.of(status);
        if (verdict != Verdict.DONE && !item) {
            return verdict;
        }
        if (status == Protocol.STATUS_OK) {
            long version = reply.u64();
            FrameReader object = reply.part(reply.length());
            // READ answers with the value, an item of a MULTI_OP with the key before it.
            Bytes value =
                    item ? KeyAndValue.decode(object).value() : object.bytes(object.remaining());
            results[index] = new Lookup.Found(value, version);
            return Verdict.DONE;
        }
        if (item) {
            reply.bytes(Long.BYTES + Integer.BYTES);
        }
        if (verdict == Verdict.DONE && status != Protocol.STATUS_OBJECT_DOESNT_EXIST) {
            endWith(Failures.refused("read", keys.get(index).tableId(), status));
        }
        return verdict;
    }

    @Override
    protected void complete() {
        future.complete(Collections.unmodifiableList(Arrays.asList(results)));
    }

    @Override
    protected void expire(String why) {
        future.completeExceptionally(Failures.late("reading", why));
    }

    @Override
    protected void fail(StoreException e) {
        future.completeExceptionally(e);
    }
}
