package org.edgeplex.state.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Write;

/// The batches under way: sends them, and gives each operation its answer or its deadline. All on
/// the loop.
final class BatchSender {
    private final StateStore store;
    private final EventLoop loop;
    private final int batchesMax;
    private final Consumer<List<Operation>> onReturn;
    private final LongAdder expired;
    private final ArrayDeque<List<Operation>> spare = new ArrayDeque<>();
    private int underWay;

    /// @param onReturn told of each batch that the store is through with, after the answers were
    ///   given; the operations are free then
    /// @param expired counts operations whose deadline passed
    BatchSender(
            StateStore store,
            EventLoop loop,
            int batchesMax,
            Consumer<List<Operation>> onReturn,
            LongAdder expired) {
        this.store = store;
        this.loop = loop;
        this.batchesMax = batchesMax;
        this.onReturn = onReturn;
        this.expired = expired;
    }

    int underWay() {
        return underWay;
    }

    boolean hasRoom() {
        return underWay < batchesMax;
    }

    /// A list for the next batch: one of those that have come back.
    List<Operation> emptyBatch() {
        return spare.isEmpty() ? new ArrayList<>() : spare.remove();
    }

    void putBack(List<Operation> empty) {
        spare.add(empty);
    }

    /// Sends operations of which each goes with the first.
    void send(List<Operation> batch) {
        underWay++;
        UnderWay sent = new UnderWay(batch);
        sent.timeDeadline();
        Duration timeout = Duration.ofNanos(Math.max(1, sent.longestNanos()));
        if (batch.getFirst().isWrite()) {
            // A list of its own: an engine may look at it after it has answered.
            List<Write> writes = batch.stream().map(Operation::write).toList();
            answer(sent, store.write(writes, timeout), Operation::done);
        } else {
            List<Bytes> keys = batch.stream().map(Operation::key).toList();
            answer(sent, store.getAll(batch.getFirst().table(), keys, timeout), Operation::found);
        }
    }

    private <T> void answer(
            UnderWay sent, CompletableFuture<List<T>> answers, BiConsumer<Operation, T> give) {
        Reply.on(
                answers,
                loop,
                Reply.of(
                        given -> {
                            sent.over();
                            for (int i = 0; i < sent.batch.size(); i++) {
                                give.accept(sent.batch.get(i), given.get(i));
                            }
                            sent.returned();
                        },
                        failure -> {
                            sent.over();
                            sent.batch.forEach(operation -> operation.fail(failure));
                            sent.returned();
                        }));
    }

    private final class UnderWay {
        private final List<Operation> batch;
        private EventLoop.Timer deadline = () -> {};

        UnderWay(List<Operation> batch) {
            this.batch = batch;
        }

        long longestNanos() {
            long nowNanos = loop.nowNanos();
            return batch.stream().mapToLong(o -> o.deadlineNanos() - nowNanos).max().orElse(0);
        }

        /// An engine keeps the longest timeout of the batch; the shorter ones are kept here.
        void timeDeadline() {
            long nowNanos = loop.nowNanos();
            batch.stream()
                    .filter(operation -> !operation.isAnswered())
                    .mapToLong(operation -> operation.deadlineNanos() - nowNanos)
                    .min()
                    .ifPresent(left ->
                            deadline =
                                    loop.schedule(
                                            Duration.ofNanos(Math.max(0, left)), this::expire));
        }

        void expire() {
            long nowNanos = loop.nowNanos();
            for (Operation operation : batch) {
                if (!operation.isAnswered() && operation.deadlineNanos() - nowNanos <= 0) {
                    operation.expire();
                    expired.increment();
                }
            }
            timeDeadline();
        }

        void over() {
            deadline.cancel();
            underWay--;
        }

        void returned() {
            onReturn.accept(batch);
            batch.clear();
            spare.add(batch);
        }
    }
}
