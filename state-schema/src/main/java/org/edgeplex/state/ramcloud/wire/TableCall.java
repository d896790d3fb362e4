package org.edgeplex.state.ramcloud.wire;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// GET_TABLE_ID and CREATE_TABLE: a call of the coordinator, which no lane sees.
final class TableCall extends Call {
    private final String name;
    private final boolean create;
    private final CompletableFuture<Optional<Long>> future = new CompletableFuture<>();
    private volatile Optional<Long> tableId = Optional.empty();

    /// @param create the table, if there is none
    TableCall(String name, boolean create, long deadlineNanos, Consumer<Call> whenDone) {
        super(1, deadlineNanos, whenDone);
        this.name = name;
        this.create = create;
    }

    String name() {
        return name;
    }

    boolean create() {
        return create;
    }

    CompletableFuture<Optional<Long>> future() {
        return future;
    }

    void found(long id) {
        tableId = Optional.of(id);
        answeredOne();
    }

    void notFound() {
        answeredOne();
    }

    @Override
    protected void complete() {
        future.complete(tableId);
    }

    @Override
    protected void expire(String why) {
        future.completeExceptionally(Failures.late("looking for table " + name, why));
    }

    @Override
    protected void fail(StoreException e) {
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
