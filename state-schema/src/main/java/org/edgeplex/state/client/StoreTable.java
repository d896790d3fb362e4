package org.edgeplex.state.client;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// The modes `sync` and `async`: every operation goes to the store, by one port or another.
final class StoreTable<K, V> implements TableClient<K, V> {
    private final Table<K, V> table;
    private final Port port;
    private final Incarnation incarnation;
    private final InstantSource clock;
    private final boolean compacts;

    /// @param compacts whether records are kept for long, so that they must not hold on to the
    ///   whole answer that brought them
    StoreTable(
            Table<K, V> table,
            Port port,
            Incarnation incarnation,
            InstantSource clock,
            boolean compacts) {
        this.table = table;
        this.port = port;
        this.incarnation = incarnation;
        this.clock = clock;
        this.compacts = compacts;
    }

    @Override
    public Table<K, V> table() {
        return table;
    }

    @Override
    public CompletableFuture<ReadOutcome<K, V>> get(K key) {
        Read read = new Read(key, table.keys().encode(key), false);
        read.ask();
        return read;
    }

    @Override
    public CompletableFuture<List<ReadOutcome<K, V>>> getAll(List<K> keys) {
        return joined(keys.stream().map(this::get).toList());
    }

    /// The outcomes in order, when all are there.
    static <T> CompletableFuture<List<T>> joined(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    List<T> outcomes = new ArrayList<>(futures.size());
                    futures.forEach(future -> outcomes.add(future.join()));
                    return outcomes;
                });
    }

    @Override
    public CompletableFuture<ChangeOutcome> put(K key, V value) {
        return write(table.put(key, value, Expect.ANY, incarnation));
    }

    @Override
    public CompletableFuture<ChangeOutcome> putIfAbsent(K key, V value) {
        CompletableFuture<ChangeOutcome> put =
                write(table.put(key, value, Expect.ABSENT, incarnation));
        return table.expires()
                ? put.thenCompose(outcome ->
                        outcome.isConflict()
                                ? putOverExpired(key, value, outcome)
                                : CompletableFuture.completedFuture(outcome))
                : put;
    }

    private CompletableFuture<ChangeOutcome> putOverExpired(
            K key, V value, ChangeOutcome conflict) {
        Read read = new Read(key, table.keys().encode(key), true);
        read.ask();
        return read.thenCompose(there ->
                switch (there) {
                    case ReadOutcome.Found(Stored<K, V> record)
                            when record.hasExpired(table, clock.millis()) ->
                            write(
                                    table.put(
                                            key,
                                            value,
                                            new Expect.Version(record.version()),
                                            incarnation));
                    case ReadOutcome.Busy() ->
                            CompletableFuture.completedFuture(new ChangeOutcome.Busy());
                    case ReadOutcome.Found(_), ReadOutcome.Absent(), ReadOutcome.Damaged(_) ->
                            CompletableFuture.completedFuture(conflict);
                });
    }

    @Override
    public CompletableFuture<ChangeOutcome> replace(Stored<K, V> seen, V value) {
        return write(seen.replacedBy(table, value, incarnation));
    }

    @Override
    public CompletableFuture<ChangeOutcome> remove(K key) {
        return write(table.remove(key, Expect.ANY, incarnation));
    }

    @Override
    public CompletableFuture<ChangeOutcome> remove(Stored<K, V> seen) {
        return write(table.remove(seen.key(), new Expect.Version(seen.version()), incarnation));
    }

    private CompletableFuture<ChangeOutcome> write(Write write) {
        Change change = new Change();
        change.ask(write);
        return change;
    }

    /// A future that is its own reply: one object for each read.
    private final class Read extends CompletableFuture<ReadOutcome<K, V>> implements Reply<Lookup> {
        private final K key;
        private final Bytes keyBytes;
        private final boolean alsoExpired;

        Read(K key, Bytes keyBytes, boolean alsoExpired) {
            this.key = key;
            this.keyBytes = keyBytes;
            this.alsoExpired = alsoExpired;
        }

        void ask() {
            try {
                if (!port.tryGet(table.id(), keyBytes, this)) {
                    complete(new ReadOutcome.Busy<>());
                }
            } catch (StoreException refused) {
                completeExceptionally(refused);
            }
        }

        @Override
        public void answered(Lookup lookup) {
            complete(
                    switch (lookup) {
                        case Lookup.Absent() -> new ReadOutcome.Absent<>();
                        case Lookup.Found(Bytes value, long version) -> found(value, version);
                    });
        }

        private ReadOutcome<K, V> found(Bytes value, long version) {
            try {
                Stored<K, V> record =
                        Stored.of(
                                table, key, keyBytes, compacts ? value.compact() : value, version);
                return alsoExpired || !record.hasExpired(table, clock.millis())
                        ? new ReadOutcome.Found<>(record)
                        : new ReadOutcome.Absent<>();
            } catch (DamagedRecordException damage) {
                return new ReadOutcome.Damaged<>(damage);
            }
        }

        @Override
        public void failed(StoreException failure) {
            completeExceptionally(failure);
        }
    }

    /// A future that is its own reply: one object for each write.
    private final class Change extends CompletableFuture<ChangeOutcome>
            implements Reply<WriteOutcome> {
        void ask(Write write) {
            try {
                if (!port.tryWrite(write, this)) {
                    complete(new ChangeOutcome.Busy());
                }
            } catch (StoreException refused) {
                completeExceptionally(refused);
            }
        }

        @Override
        public void answered(WriteOutcome outcome) {
            complete(new ChangeOutcome.Decided(outcome));
        }

        @Override
        public void failed(StoreException failure) {
            completeExceptionally(failure);
        }
    }
}
