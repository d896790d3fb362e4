package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.StoredObject.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes operations through one log, a batch at a time: what comes while one is under way is the
/// next. Used on the loop.
final class LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final Cluster cluster;
    private final VersionCache cache;
    private final Bytes name;
    private final Deque<Operation> queue = new ArrayDeque<>();

    /// The additions that more may join: those in the queue with nothing of their counter behind.
    private final Map<Place, Additions> joinable = new HashMap<>();

    private CompletableFuture<LogSession> session;
    private boolean isBusy;

    private record Place(int table, Bytes key) {
        static Place of(Operation operation) {
            return new Place(operation.table(), operation.key());
        }
    }

    LogWriter(Cluster cluster, VersionCache cache, Bytes name) {
        this.cluster = cluster;
        this.cache = cache;
        this.name = name;
        this.session = LogSession.begin(cluster, name);
    }

    void submit(List<Operation> operations) {
        operations.forEach(operation -> joinable.remove(Place.of(operation)));
        queue.addAll(operations);
        step();
    }

    CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        Place place = new Place(table.number(), key);
        Additions waiting = joinable.get(place);
        if (waiting != null) {
            return waiting.join(delta, cluster.loop(), timeout);
        }
        Additions additions = new Additions(table, key);
        CompletableFuture<Long> sum = additions.join(delta, cluster.loop(), timeout);
        joinable.put(place, additions);
        queue.add(additions.operation());
        step();
        return sum;
    }

    private void step() {
        if (isBusy) {
            return;
        }
        List<Operation> batch = take();
        if (batch.isEmpty()) {
            return;
        }
        isBusy = true;
        var _ =
                round(batch)
                        .whenComplete((_, failure) -> {
                            giveBack(batch);
                            if (failure == null) {
                                isBusy = false;
                                step();
                            } else {
                                failed(batch, Failures.cause(failure));
                            }
                        });
    }

    /// The operations at the head of the queue that can share an intent: of different objects. One
    /// on a lease is alone, so that nothing is done beside it that it fences.
    private List<Operation> take() {
        List<Operation> batch = new ArrayList<>();
        Set<Place> places = new HashSet<>();
        long bytes = 0;
        while (!queue.isEmpty() && batch.size() < cluster.options().intentOpsMax()) {
            Operation next = queue.element();
            if (next.isOver()) {
                joinable.remove(Place.of(queue.remove()));
                continue;
            }
            bytes += next.valueBytes();
            boolean fits =
                    batch.isEmpty()
                            || !next.isOfLeases()
                                    && !batch.getFirst().isOfLeases()
                                    && bytes <= cluster.options().intentBytesMax();
            if (!fits || !places.add(Place.of(next))) {
                break;
            }
            batch.add(queue.remove());
            joinable.remove(Place.of(next));
        }
        return batch;
    }

    private void giveBack(List<Operation> batch) {
        for (Operation operation : batch.reversed()) {
            if (operation.isUncertain()) {
                // Once more could be once too often.
                operation.answer(new WriteOutcome.Unknown("the cluster did not confirm it"));
            } else if (!operation.isOver()) {
                queue.addFirst(operation);
            }
        }
    }

    private void failed(List<Operation> batch, Throwable failure) {
        if (failure instanceof DamagedRecordException damage) {
            batch.forEach(operation -> operation.fail(damage));
        } else if (!(failure instanceof StoreException)) {
            LOG.error("log {}: a batch failed", name, failure);
            batch.forEach(operation -> operation.fail(Failures.storeException(failure)));
        }
        // The cluster does not answer: their own time limits end the waiting.
        LOG.debug("log {}: tried again: {}", name, failure.getMessage());
        if (session.isCompletedExceptionally()) {
            session = LogSession.begin(cluster, name);
        }
        cluster.loop()
                .schedule(
                        RETRY,
                        () -> {
                            isBusy = false;
                            step();
                        });
    }

    private CompletableFuture<Boolean> round(List<Operation> batch) {
        Set<Integer> tables = new HashSet<>();
        batch.forEach(operation -> tables.add(operation.table()));
        return cluster.resolve(tables)
                .thenCompose(_ -> session)
                .thenCompose(own ->
                        own.open(patience(batch))
                                .thenCompose(_ -> fence(own, batch))
                                .thenCompose(_ -> prepare(waiting(batch)))
                                .thenCompose(_ -> announce(own, ready(batch))));
    }

    /// Who takes away the right to write does not wait for the last writes.
    private Duration patience(List<Operation> batch) {
        return batch.getFirst().isOfLeases() ? Duration.ZERO : cluster.options().patience();
    }

    private static List<Operation> waiting(List<Operation> batch) {
        return batch.stream().filter(operation -> !operation.isOver()).toList();
    }

    private static List<Operation> ready(List<Operation> batch) {
        return batch.stream()
                .filter(operation -> !operation.isOver() && operation.expected() != 0)
                .toList();
    }

    private CompletableFuture<Boolean> fence(LogSession own, List<Operation> batch) {
        List<Operation> fenced =
                batch.stream().filter(operation -> operation.writer().isFenced()).toList();
        if (fenced.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        return own.epoch(false)
                .thenCompose(known ->
                        fenced.stream().allMatch(op -> EngineRules.lives(op.writer(), known))
                                ? CompletableFuture.completedFuture(known)
                                : own.epoch(true))
                .thenApply(epoch -> {
                    for (Operation operation : fenced) {
                        if (!EngineRules.lives(operation.writer(), epoch)) {
                            operation.answer(new WriteOutcome.Fenced(epoch));
                        }
                    }
                    return true;
                });
    }

    /// Finds out what each operation is conditional on. An object that was never there gets a
    /// tombstone first, so that no creation is ever conditional on mere absence, which may return.
    private CompletableFuture<Boolean> prepare(List<Operation> batch) {
        List<Operation> placing = new ArrayList<>();
        List<Operation> reading = new ArrayList<>();
        for (Operation operation : batch) {
            switch (operation.prepare(cache)) {
                case NOTHING -> {}
                case ANY_VERSION -> placing.add(operation);
                case OBJECT -> reading.add(operation);
            }
        }
        List<ObjectWrite> tombstones =
                placing.stream()
                        .<ObjectWrite>map(op ->
                                new ObjectWrite.Put(
                                        cluster.key(op.table(), op.key()),
                                        StoredObject.tombstone(Stamp.NONE),
                                        Expect.ABSENT))
                        .toList();
        return cluster.write(tombstones)
                .thenCompose(outcomes -> {
                    for (int i = 0; i < outcomes.size(); i++) {
                        placed(placing.get(i), outcomes.get(i), reading);
                    }
                    return readThen(reading, this::decide);
                });
    }

    private static void placed(Operation operation, WriteOutcome outcome, List<Operation> reading) {
        switch (outcome) {
            case WriteOutcome.Written(long version) -> operation.placeMade(version);
            case WriteOutcome.Conflict(long version) -> {
                if (operation.placeTaken(version)) {
                    reading.add(operation);
                }
            }
            case WriteOutcome.Unknown(_), WriteOutcome.Fenced(_) -> operation.expect(0);
        }
    }

    private void decide(Operation operation, StoredObject object) {
        cache.put(operation.table(), operation.key(), object.version(), object.isLive());
        try {
            operation.decide(object);
        } catch (DamagedRecordException damage) {
            operation.fail(damage);
        }
    }

    private CompletableFuture<Boolean> announce(LogSession own, List<Operation> batch) {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        List<LogEntry.Op> ops = batch.stream().map(Operation::announced).toList();
        return own.append(ops)
                .thenCompose(appended ->
                        appended && isOfAnotherHolder(batch.getFirst())
                                ? announceToHolder(batch.getFirst(), ops)
                                : CompletableFuture.completedFuture(appended))
                .thenCompose(appended ->
                        appended ? apply(own, batch) : CompletableFuture.completedFuture(true));
    }

    private boolean isOfAnotherHolder(Operation operation) {
        return operation.isOfLeases() && !operation.key().equals(name);
    }

    /// A lease changes only by way of its holder's log: its entry there ends what the holder may
    /// append. A session for this once, so that two that fence each other do not wait inside this
    /// process.
    private CompletableFuture<Boolean> announceToHolder(
            Operation operation, List<LogEntry.Op> ops) {
        return LogSession.begin(cluster, operation.key())
                .thenCompose(holder ->
                        holder.open(cluster.options().patience())
                                .thenCompose(_ -> holder.append(ops)));
    }

    private CompletableFuture<Boolean> apply(LogSession own, List<Operation> batch) {
        Stamp stamp = new Stamp(own.log(), own.lastSequence());
        List<ObjectWrite> changes = new ArrayList<>(batch.size());
        List<Operation> sentBefore = new ArrayList<>();
        for (Operation operation : batch) {
            changes.add(operation.change(cluster.key(operation.table(), operation.key()), stamp));
            if (operation.isUncertain()) {
                sentBefore.add(operation);
            }
            operation.uncertain(true);
        }
        return cluster.write(changes)
                .thenCompose(outcomes -> {
                    List<Operation> refused = new ArrayList<>();
                    for (int i = 0; i < outcomes.size(); i++) {
                        Operation operation = batch.get(i);
                        switch (outcomes.get(i)) {
                            case WriteOutcome.Written(long version) ->
                                    operation.done(version, version, cache);
                            case WriteOutcome.Unknown(_) -> refused.add(operation);
                            case WriteOutcome.Conflict(_), WriteOutcome.Fenced(_) -> {
                                operation.uncertain(sentBefore.contains(operation));
                                refused.add(operation);
                            }
                        }
                    }
                    return resolve(own, stamp, refused);
                });
    }

    /// Looks at what became of those that were not simply written. What is still open is sent again
    /// as long as somebody waits; then it is left to who opens the log next.
    private CompletableFuture<Boolean> resolve(
            LogSession own, Stamp stamp, List<Operation> refused) {
        List<Operation> open = new ArrayList<>();
        return readThen(
                        refused,
                        (operation, object) -> {
                            if (object.version() == operation.expected()) {
                                open.add(operation);
                            } else {
                                resolve(operation, object, stamp);
                            }
                        })
                .thenCompose(_ -> {
                    if (open.isEmpty()) {
                        own.settled();
                        return CompletableFuture.completedFuture(true);
                    }
                    return open.stream().allMatch(Operation::isOver)
                            ? CompletableFuture.completedFuture(true)
                            : apply(own, open);
                });
    }

    private void resolve(Operation operation, StoredObject object, Stamp stamp) {
        if (object.stamp().equals(stamp)) {
            operation.done(object.version(), object.liveVersion(), cache);
            return;
        }
        if (operation.isUncertain()) {
            cache.put(operation.table(), operation.key(), object.version(), object.isLive());
            operation.answer(
                    new WriteOutcome.Unknown("not confirmed, and changed by others since"));
            return;
        }
        decide(operation, object);
    }

    private CompletableFuture<Boolean> readThen(
            List<Operation> operations, BiConsumer<Operation, StoredObject> use) {
        if (operations.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        return cluster.objects(
                        operations.stream()
                                .map(op -> new LogEntry.Op(op.table(), op.key(), 0))
                                .toList())
                .thenApply(objects -> {
                    for (int i = 0; i < operations.size(); i++) {
                        use.accept(operations.get(i), objects.get(i));
                    }
                    return true;
                });
    }
}
