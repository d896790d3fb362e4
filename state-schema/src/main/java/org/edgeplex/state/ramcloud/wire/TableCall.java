package org.edgeplex.state.ramcloud.wire;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// GET_TABLE_ID and CREATE_TABLE: a call of the coordinator, which no lane sees.
final class TableCall extends Call {
    private final String name;
    private final CompletableFuture<Long> future = new CompletableFuture<>();
    private volatile long tableId;

    TableCall(String name, long deadlineNanos, Consumer<Call> whenDone) {
        super(1, deadlineNanos, whenDone);
        this.name = name;
    }

    String name() {
        return name;
    }

    CompletableFuture<Long> future() {
        return future;
    }

    void found(long id) {
        tableId = id;
        answeredOne();
    }

    @Override
    void complete() {
        future.complete(tableId);
    }

    @Override
    void expire(String why) {
        future.completeExceptionally(Failures.late("looking for table " + name, why));
    }

    @Override
    void fail(StoreException e) {
        future.completeExceptionally(e);
    }

    @Override
    Kind kind(int index) {
        throw noMaster();
    }

    @Override
    long tableId(int index) {
        throw noMaster();
    }

    @Override
    long hash(int index) {
        throw noMaster();
    }

    @Override
    int bytes(int index) {
        throw noMaster();
    }

    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        throw noMaster();
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        throw noMaster();
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        throw noMaster();
    }

    private static IllegalStateException noMaster() {
        return new IllegalStateException("tables are found by the coordinator");
    }
}
