package org.edgeplex.state.ramcloud.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient;

/// A client of the model: what it has sent goes its way, also when the client is gone.
final class ModelClient implements RamcloudClient {
    private final ModelCluster cluster;
    private final EventLoop loop;
    private volatile boolean isClosed;

    ModelClient(ModelCluster cluster, EventLoop loop) {
        this.cluster = cluster;
        this.loop = loop;
    }

    @Override
    public CompletableFuture<Long> table(String name, Duration timeout) {
        return one(Network.Kind.OTHER, () -> cluster.table(name), timeout);
    }

    @Override
    public CompletableFuture<Optional<Long>> findTable(String name, Duration timeout) {
        return one(Network.Kind.OTHER, () -> cluster.findTable(name), timeout);
    }

    @Override
    public CompletableFuture<List<Lookup>> read(List<ObjectKey> keys, Duration timeout) {
        List<ObjectKey> all = List.copyOf(keys);
        return ask(
                Network.Kind.READ,
                new Batch<>(all.size(), (index, _) -> cluster.read(all.get(index)), List.of()),
                timeout);
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<ObjectWrite> writes, Duration timeout) {
        List<ObjectWrite> all = List.copyOf(writes);
        WriteOutcome unknown = new WriteOutcome.Unknown("no answer within " + timeout);
        return ask(
                Network.Kind.WRITE,
                new Batch<>(
                        all.size(),
                        (index, isRepeated) -> {
                            WriteOutcome outcome = cluster.write(all.get(index));
                            // Perhaps it conflicts with its own result.
                            return isRepeated && outcome instanceof WriteOutcome.Conflict
                                    ? unknown
                                    : outcome;
                        },
                        List.of(unknown)),
                timeout);
    }

    @Override
    public CompletableFuture<Long> increment(ObjectKey key, long delta, Duration timeout) {
        return one(Network.Kind.OTHER, () -> cluster.increment(key, delta), timeout);
    }

    @Override
    public CompletableFuture<ScanPage> enumerate(long tableId, Bytes resume, Duration timeout) {
        return one(Network.Kind.OTHER, () -> cluster.enumerate(tableId, resume), timeout);
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /// Done once, however often it arrives.
    private <T> CompletableFuture<T> one(Network.Kind kind, Supplier<T> work, Duration timeout) {
        List<T> done = new ArrayList<>();
        return ask(
                        kind,
                        new Batch<>(
                                1,
                                (_, _) -> {
                                    if (done.isEmpty()) {
                                        done.add(work.get());
                                    }
                                    return done.getFirst();
                                },
                                List.of()),
                        timeout)
                .thenApply(List::getFirst);
    }

    private <T> CompletableFuture<List<T>> ask(
            Network.Kind kind, Batch<T> batch, Duration timeout) {
        if (isClosed) {
            return CompletableFuture.failedFuture(new StoreException("the client was closed"));
        }
        if (batch.size() == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        cluster.send(kind, batch, timeout);
        return batch.result;
    }

    /// What was asked for, and the answers as they come.
    private final class Batch<T> implements ModelCluster.Request {
        private final int size;
        private final BiFunction<Integer, Boolean, T> serve;

        /// What is said instead of an answer that does not come; empty: all fails.
        private final List<T> missing;

        private final List<List<T>> answers = new ArrayList<>();
        private final CompletableFuture<List<T>> result = new CompletableFuture<>();
        private Runnable afterwards = () -> {};
        private int answered;
        private boolean isOver;

        Batch(int size, BiFunction<Integer, Boolean, T> serve, List<T> missing) {
            this.size = size;
            this.serve = serve;
            this.missing = missing;
            for (int i = 0; i < size; i++) {
                answers.add(List.of());
            }
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Runnable serve(int index, boolean isRepeated) {
            T answer;
            try {
                answer = serve.apply(index, isRepeated);
            } catch (StoreException e) {
                return () -> finish(() -> result.completeExceptionally(e));
            }
            return () -> {
                if (!isOver && answers.get(index).isEmpty()) {
                    answers.set(index, List.of(answer));
                    answered++;
                    if (answered == size) {
                        finish(this::complete);
                    }
                }
            };
        }

        @Override
        public void onAnswered(Runnable then) {
            afterwards = then;
        }

        @Override
        public void expired() {
            finish(this::complete);
        }

        private void finish(Runnable completion) {
            if (!isOver) {
                isOver = true;
                afterwards.run();
                loop.execute(completion);
            }
        }

        private void complete() {
            List<T> all = new ArrayList<>(size);
            for (List<T> answer : answers) {
                List<T> known = answer.isEmpty() ? missing : answer;
                if (known.isEmpty()) {
                    result.completeExceptionally(new StoreException("no answer in time"));
                    return;
                }
                all.add(known.getFirst());
            }
            result.complete(all);
        }
    }
}
