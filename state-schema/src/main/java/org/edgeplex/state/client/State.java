package org.edgeplex.state.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store in types: blocking reads and conditional writes of records.
///
/// Errors: [StoreException] when the store cannot work or does not answer in time,
/// [DamagedRecordException] for bytes that are not their record.
public final class State {
    private static final Logger LOG = LoggerFactory.getLogger(State.class);
    private static final int SCAN_PAGE = 1_000;

    private final StateStore store;
    private final Duration timeout;
    private final InstantSource clock;

    /// What becomes of a record that cannot be read.
    @FunctionalInterface
    public interface OnDamage {
        /// Names the record in the error log and goes on as if it were not there.
        OnDamage SKIP = (_, damage) -> LOG.error("skipped: {}", damage.getMessage());

        /// Passes the exception on.
        OnDamage FAIL =
                (_, damage) -> {
                    throw damage;
                };

        /// Told of each record that cannot be read.
        ///
        /// @param damage names table and key
        void damaged(Bytes key, DamagedRecordException damage);
    }

    public State(StateStore store, Duration timeout) {
        this(store, timeout, InstantSource.system());
    }

    /// @param clock tells which records have expired
    public State(StateStore store, Duration timeout, InstantSource clock) {
        this.store = store;
        this.timeout = timeout;
        this.clock = clock;
    }

    /// What the time is, as its records tell it.
    public InstantSource clock() {
        return clock;
    }

    public <K, V> Optional<Stored<K, V>> get(Table<K, V> table, K key) {
        Bytes keyBytes = table.keys().encode(key);
        return switch (await(store.get(table.id(), keyBytes, timeout))) {
            case Lookup.Absent() -> Optional.empty();
            case Lookup.Found(Bytes value, long version) ->
                    living(table, Stored.of(table, key, keyBytes, value, version));
        };
    }

    /// The records of these keys that are there and can be read, in the order of the keys. Where a
    /// few keys are known it is cheaper than a scan: RAMCloud's enumeration, for one, walks the
    /// hash table of all tables.
    public <K, V> List<Stored<K, V>> getAll(Table<K, V> table, List<K> keys, OnDamage onDamage) {
        List<Bytes> encoded = keys.stream().map(table.keys()::encode).toList();
        List<Lookup> lookups = lookUp(table, encoded);
        List<Stored<K, V>> records = new ArrayList<>(keys.size());
        for (int i = 0; i < lookups.size(); i++) {
            if (lookups.get(i) instanceof Lookup.Found(Bytes value, long version)) {
                try {
                    living(table, Stored.of(table, keys.get(i), encoded.get(i), value, version))
                            .ifPresent(records::add);
                } catch (DamagedRecordException damage) {
                    onDamage.damaged(encoded.get(i), damage);
                }
            }
        }
        return records;
    }

    /// The objects of these keys as they are stored, in the order of the keys; any number of them.
    List<Lookup> lookUp(Table<?, ?> table, List<Bytes> keys) {
        List<Lookup> found = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += StateStore.BATCH_MAX) {
            int to = Math.min(keys.size(), from + StateStore.BATCH_MAX);
            found.addAll(
                    await(store.getAll(table.id(), List.copyOf(keys.subList(from, to)), timeout)));
        }
        return found;
    }

    /// The record, unless it has expired.
    <K, V> Optional<Stored<K, V>> living(Table<K, V> table, Stored<K, V> record) {
        return record.hasExpired(table, clock.millis()) ? Optional.empty() : Optional.of(record);
    }

    /// The record that is there although it counts no more.
    <K, V> Optional<Stored<K, V>> expired(Table<K, V> table, K key) {
        Bytes keyBytes = table.keys().encode(key);
        return switch (await(store.get(table.id(), keyBytes, timeout))) {
            case Lookup.Absent() -> Optional.empty();
            case Lookup.Found(Bytes value, long version) ->
                    Optional.of(Stored.of(table, key, keyBytes, value, version))
                            .filter(record -> record.hasExpired(table, clock.millis()));
        };
    }

    /// The whole table in key order.
    public <K, V> List<Stored<K, V>> scan(Table<K, V> table) {
        return scan(table, Bytes.EMPTY);
    }

    /// The records whose keys begin with `prefix`, in key order.
    public <K, V> List<Stored<K, V>> scan(Table<K, V> table, Bytes prefix) {
        return scan(table, prefix, OnDamage.FAIL);
    }

    /// The records that can be read, in key order, so that a damaged one spoils no other.
    ///
    /// @param prefix what their keys begin with
    public <K, V> List<Stored<K, V>> scan(Table<K, V> table, Bytes prefix, OnDamage onDamage) {
        return scan(table, prefix, page(table, prefix, Bytes.EMPTY), onDamage);
    }

    /// @param first page of the scan, which is under way
    <K, V> List<Stored<K, V>> scan(
            Table<K, V> table, Bytes prefix, CompletableFuture<ScanPage> first, OnDamage onDamage) {
        List<ScanPage.Entry> entries = new ArrayList<>();
        forEachPage(table, prefix, first, entries::addAll);
        // Engines have orders of their own; most have this one already.
        entries.sort(Comparator.comparing(ScanPage.Entry::key));
        List<Stored<K, V>> records = new ArrayList<>(entries.size());
        for (ScanPage.Entry entry : entries) {
            try {
                K key = table.decodeKey(entry.key());
                living(table, Stored.of(table, key, entry.key(), entry.value(), entry.version()))
                        .ifPresent(records::add);
            } catch (DamagedRecordException damage) {
                onDamage.damaged(entry.key(), damage);
            }
        }
        return records;
    }

    /// The objects whose keys begin with `prefix` as they are stored, in pages, in no order.
    public void forEachPage(
            Table<?, ?> table, Bytes prefix, Consumer<List<ScanPage.Entry>> consumer) {
        forEachPage(table, prefix, page(table, prefix, Bytes.EMPTY), consumer);
    }

    private void forEachPage(
            Table<?, ?> table,
            Bytes prefix,
            CompletableFuture<ScanPage> first,
            Consumer<List<ScanPage.Entry>> consumer) {
        ScanPage page = await(first);
        consumer.accept(page.entries());
        while (!page.isLast()) {
            page = await(page(table, prefix, page.resume()));
            consumer.accept(page.entries());
        }
    }

    /// A page of a scan, which is asked for now.
    CompletableFuture<ScanPage> page(Table<?, ?> table, Bytes prefix, Bytes resume) {
        return store.scan(table.id(), prefix, resume, SCAN_PAGE, timeout);
    }

    /// Scans of several tables at once.
    public TableScans scans() {
        return new TableScans(this);
    }

    /// Whether there is any object whose key begins with `prefix`.
    public boolean isAny(Table<?, ?> table, Bytes prefix) {
        ScanPage page;
        Bytes resume = Bytes.EMPTY;
        do {
            page = await(store.scan(table.id(), prefix, resume, 1, timeout));
            resume = page.resume();
        } while (page.entries().isEmpty() && !page.isLast());
        return !page.entries().isEmpty();
    }

    /// One write, see [Table#put] and [Table#remove].
    public WriteOutcome write(Write write) {
        return await(store.write(List.of(write), timeout)).getFirst();
    }

    /// Writes in order, each with its own outcome; any number of them.
    public List<WriteOutcome> writeAll(List<Write> writes) {
        List<WriteOutcome> outcomes = new ArrayList<>(writes.size());
        for (int from = 0; from < writes.size(); from += StateStore.BATCH_MAX) {
            int to = Math.min(writes.size(), from + StateStore.BATCH_MAX);
            outcomes.addAll(await(store.write(List.copyOf(writes.subList(from, to)), timeout)));
        }
        return outcomes;
    }

    /// The writes of one incarnation.
    public StateWriter as(Incarnation incarnation) {
        return new StateWriter(this, incarnation);
    }

    /// The tables in their declared access modes, for one incarnation.
    ///
    /// @param loop where batches are decided on, and where answers arrive
    public TableClients clients(EventLoop loop, Incarnation incarnation) {
        return new TableClients(
                store, loop, incarnation, clock, ClientOptions.DEFAULT.withTimeout(timeout));
    }

    /// A feed of these tables: first all that is there, then what changes.
    public StateFeed feed(Table<?, ?>... tables) {
        return new StateFeed(this, store, List.of(tables));
    }

    /// A copy of these tables, empty until it is refreshed.
    public Mirror mirror(Table<?, ?>... tables) {
        return new Mirror(this, feed(tables));
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            // The engine keeps the timeout; this is the net below it.
            return future.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw new StoreException("the store failed", e);
        } catch (TimeoutException e) {
            throw new StoreException("the store did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the store", e);
        }
    }
}
