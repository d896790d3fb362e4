package org.edgeplex.state.client;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.LaterFields;
import org.edgeplex.state.Table;
import org.edgeplex.state.WriteOutcome;

/// The mode `cached`: records that were read stay here until the change cursor reports them.
///
/// A read that was on its way while its key was invalidated, or written by us, is not kept: what it
/// found may be older than the report. The least recently used records go when there are too many.
final class CachedTable<K, V> implements TableClient<K, V> {
    private static final int PLACES = 1 << 12;

    private final StoreTable<K, V> store;
    private final CacheGate gate;
    private final InstantSource clock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private final Object lock = new Object();
    private final Map<Bytes, Stored<K, V>> records;

    /// When keys were last invalidated, by a place that some share.
    private final long[] invalidated = new long[PLACES];

    private long now;

    CachedTable(StoreTable<K, V> store, CacheGate gate, InstantSource clock, int recordsMax) {
        this.store = store;
        this.gate = gate;
        this.clock = clock;
        this.records = new Recent<>(recordsMax);
    }

    /// A map that forgets what was used least recently.
    private static final class Recent<R> extends LinkedHashMap<Bytes, R> {
        private static final long serialVersionUID = 1L;

        private final int max;

        Recent(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, R> eldest) {
            return size() > max;
        }
    }

    @Override
    public Table<K, V> table() {
        return store.table();
    }

    @Override
    public CompletableFuture<ReadOutcome<K, V>> get(K key) {
        Bytes keyBytes = table().keys().encode(key);
        long begun;
        synchronized (lock) {
            Stored<K, V> kept = gate.isOpen() ? records.get(keyBytes) : null;
            if (kept != null) {
                hits.increment();
                return CompletableFuture.completedFuture(
                        kept.hasExpired(table(), clock.millis())
                                ? new ReadOutcome.Absent<>()
                                : new ReadOutcome.Found<>(kept));
            }
            begun = now;
        }
        misses.increment();
        return store.get(key)
                .thenApply(outcome -> {
                    if (outcome instanceof ReadOutcome.Found<K, V>(Stored<K, V> record)) {
                        keep(keyBytes, record, begun);
                    }
                    return outcome;
                });
    }

    @Override
    public CompletableFuture<List<ReadOutcome<K, V>>> getAll(List<K> keys) {
        return StoreTable.joined(keys.stream().map(this::get).toList());
    }

    @Override
    public CompletableFuture<ChangeOutcome> put(K key, V value) {
        return through(key, Optional.of(value), LaterFields.NONE, () -> store.put(key, value));
    }

    @Override
    public CompletableFuture<ChangeOutcome> putIfAbsent(K key, V value) {
        return through(
                key, Optional.of(value), LaterFields.NONE, () -> store.putIfAbsent(key, value));
    }

    @Override
    public CompletableFuture<ChangeOutcome> replace(Stored<K, V> seen, V value) {
        return through(
                seen.key(), Optional.of(value), seen.later(), () -> store.replace(seen, value));
    }

    @Override
    public CompletableFuture<ChangeOutcome> remove(K key) {
        return through(key, Optional.empty(), LaterFields.NONE, () -> store.remove(key));
    }

    @Override
    public CompletableFuture<ChangeOutcome> remove(Stored<K, V> seen) {
        return through(seen.key(), Optional.empty(), LaterFields.NONE, () -> store.remove(seen));
    }

    /// Whatever became of the write, what was kept may be old: the writer's next read must find
    /// what it wrote. That is kept at once, unless something else was heard of the key meanwhile.
    private CompletableFuture<ChangeOutcome> through(
            K key,
            Optional<V> value,
            LaterFields later,
            Supplier<CompletableFuture<ChangeOutcome>> write) {
        Bytes keyBytes = table().keys().encode(key);
        long begun;
        synchronized (lock) {
            begun = now;
        }
        return write.get()
                .whenComplete((outcome, _) -> {
                    boolean untouched = invalidate(keyBytes) <= begun;
                    if (outcome instanceof ChangeOutcome.Decided(WriteOutcome.Fenced _)) {
                        gate.fenced();
                    }
                    if (untouched
                            && value.isPresent()
                            && outcome
                                    instanceof
                                    ChangeOutcome.Decided(WriteOutcome.Written(long version))) {
                        keep(
                                keyBytes,
                                new Stored<>(key, value.get(), version, later),
                                Long.MAX_VALUE);
                    }
                });
    }

    private void keep(Bytes key, Stored<K, V> record, long begun) {
        synchronized (lock) {
            if (gate.isOpen() && invalidated[place(key)] <= begun) {
                records.put(key, record);
            }
        }
    }

    /// Returns when it was invalidated before.
    long invalidate(Bytes key) {
        synchronized (lock) {
            long before = invalidated[place(key)];
            invalidated[place(key)] = ++now;
            records.remove(key);
            return before;
        }
    }

    void invalidateAll() {
        synchronized (lock) {
            Arrays.fill(invalidated, ++now);
            records.clear();
        }
    }

    CacheStatistics statistics() {
        synchronized (lock) {
            return new CacheStatistics(hits.sum(), misses.sum(), records.size());
        }
    }

    private static int place(Bytes key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
