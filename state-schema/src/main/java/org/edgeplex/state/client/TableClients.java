package org.edgeplex.state.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;

/// The tables of one incarnation, each in its declared access mode.
///
/// A new life begins with a new one of these: nothing that was cached outlives the incarnation. All
/// that is batched shares one [Batcher].
public final class TableClients implements AutoCloseable {
    private final StateStore store;
    private final EventLoop loop;
    private final Incarnation incarnation;
    private final InstantSource clock;
    private final ClientOptions options;
    private final Batcher batcher;
    private final Map<TableId, TableClient<?, ?>> clients = new HashMap<>();
    private Optional<CacheFeed> feed = Optional.empty();

    /// @param clock tells which records have expired
    public TableClients(
            StateStore store,
            EventLoop loop,
            Incarnation incarnation,
            InstantSource clock,
            ClientOptions options) {
        this.store = store;
        this.loop = loop;
        this.incarnation = incarnation;
        this.clock = clock;
        this.options = options;
        this.batcher = new Batcher(store, loop, options.batches());
    }

    /// Always the same client for a table.
    // The map has under a table's number the client of just that table.
    @SuppressWarnings("unchecked")
    public synchronized <K, V> TableClient<K, V> table(Table<K, V> table) {
        return (TableClient<K, V>) clients.computeIfAbsent(table.id(), _ -> client(table));
    }

    private <K, V> TableClient<K, V> client(Table<K, V> table) {
        return switch (table.mode()) {
            case SYNC -> storeTable(table, new Port.Direct(store, options.timeout()));
            case ASYNC -> storeTable(table, new Port.Batched(batcher, options.timeout()));
            case CACHED -> {
                CacheFeed changes =
                        feed.orElseGet(() -> new CacheFeed(store, loop, incarnation, options));
                feed = Optional.of(changes);
                CachedTable<K, V> cached =
                        new CachedTable<>(
                                storeTable(table, new Port.Batched(batcher, options.timeout())),
                                changes,
                                clock,
                                options.cachedRecordsMax());
                changes.add(cached);
                yield cached;
            }
        };
    }

    private <K, V> StoreTable<K, V> storeTable(Table<K, V> table, Port port) {
        return new StoreTable<>(
                table,
                port,
                incarnation,
                clock,
                switch (table.mode()) {
                    case SYNC, ASYNC -> false;
                    case CACHED -> true;
                });
    }

    /// Waits until an operation would be taken, for threads that may block ([Batcher#awaitRoom]).
    public boolean awaitRoom(Duration timeout) throws InterruptedException {
        return batcher.awaitRoom(timeout);
    }

    public BatcherStatistics batches() {
        return batcher.statistics();
    }

    /// Of a table in mode `cached`.
    public synchronized Optional<CacheStatistics> cache(Table<?, ?> table) {
        return clients.get(table.id()) instanceof CachedTable<?, ?> cached
                ? Optional.of(cached.statistics())
                : Optional.empty();
    }

    /// Takes no more operations and forgets what was cached; the store stays open.
    @Override
    public synchronized void close() {
        batcher.close();
        feed.ifPresent(CacheFeed::close);
    }
}
