package org.edgeplex.state.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;

/// Sorted maps under one lock. Every operation is done when it returns.
public final class MemoryStateStore implements StateStore {
    private record Cell(Bytes value, long version) {}

    private final Object lock = new Object();
    private final Map<TableId, NavigableMap<Bytes, Cell>> tables = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final int changesKept;
    private long changesDropped;
    private long lastVersion;

    public MemoryStateStore() {
        this(100_000);
    }

    /// @param changesKept how many changes a reader may fall behind before its cursor is lost
    public MemoryStateStore(int changesKept) {
        this.changesKept = changesKept;
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return locked(() -> {
            EngineRules.checkKey(table, key);
            return lookup(table, key);
        });
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return locked(() -> {
            EngineRules.checkKeys(table, keys);
            return keys.stream().map(key -> lookup(table, key)).toList();
        });
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        return locked(() -> {
            EngineRules.checkWrites(writes);
            return writes.stream().map(this::apply).toList();
        });
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        return locked(() -> {
            EngineRules.checkKey(table, key);
            long sum =
                    switch (lookup(table, key)) {
                        case Lookup.Absent() -> delta;
                        case Lookup.Found(Bytes value, _) ->
                                EngineRules.counter(table, key, value) + delta;
                    };
            store(table, key, EngineRules.counter(sum));
            return sum;
        });
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return locked(() -> {
            EngineRules.checkScan(prefix, resume, limit);
            return scan(table, prefix, resume, limit);
        });
    }

    private ScanPage scan(TableId table, Bytes prefix, Bytes after, int limit) {
        List<ScanPage.Entry> entries = new ArrayList<>();
        boolean exclusive = after.compareTo(prefix) >= 0 && after.length() > 0;
        Bytes from = exclusive ? after : prefix;
        for (Map.Entry<Bytes, Cell> e : rows(table).tailMap(from, !exclusive).entrySet()) {
            if (!e.getKey().startsWith(prefix)) {
                break;
            }
            if (entries.size() == limit) {
                return new ScanPage(entries, entries.getLast().key());
            }
            entries.add(
                    new ScanPage.Entry(e.getKey(), e.getValue().value(), e.getValue().version()));
        }
        return new ScanPage(entries, Bytes.EMPTY);
    }

    @Override
    public CompletableFuture<List<TableId>> tables(Duration timeout) {
        return locked(() ->
                tables.entrySet().stream()
                        .filter(table -> !table.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Override
    public ChangeCursor changes() {
        synchronized (lock) {
            return new Cursor(changesDropped + changes.size());
        }
    }

    @Override
    public void close() {}

    private <T> CompletableFuture<T> locked(Supplier<T> work) {
        synchronized (lock) {
            try {
                return CompletableFuture.completedFuture(work.get());
            } catch (StoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private WriteOutcome apply(Write write) {
        Incarnation writer = write.writer();
        if (writer.isFenced()) {
            long epoch =
                    switch (lookup(Tables.LEASES.id(), Bytes.utf8(writer.holder()))) {
                        case Lookup.Absent() -> 0;
                        case Lookup.Found(Bytes lease, _) -> Lease.epochOf(lease);
                    };
            if (!EngineRules.lives(writer, epoch)) {
                return new WriteOutcome.Fenced(epoch);
            }
        }
        long version =
                switch (lookup(write.table(), write.key())) {
                    case Lookup.Absent() -> 0;
                    case Lookup.Found(_, long found) -> found;
                };
        if (!EngineRules.holds(write.expect(), version)) {
            return new WriteOutcome.Conflict(version);
        }
        return switch (write) {
            case Write.Put put ->
                    new WriteOutcome.Written(store(put.table(), put.key(), put.value()));
            case Write.Remove remove -> {
                if (version != 0) {
                    rows(remove.table()).remove(remove.key());
                    changed(remove.table(), remove.key());
                }
                yield new WriteOutcome.Written(0);
            }
        };
    }

    private Lookup lookup(TableId table, Bytes key) {
        Cell cell = rows(table).get(key);
        return cell == null ? Lookup.ABSENT : new Lookup.Found(cell.value(), cell.version());
    }

    private long store(TableId table, Bytes key, Bytes value) {
        rows(table).put(key, new Cell(value, ++lastVersion));
        changed(table, key);
        return lastVersion;
    }

    private NavigableMap<Bytes, Cell> rows(TableId table) {
        return tables.computeIfAbsent(table, _ -> new TreeMap<>());
    }

    private void changed(TableId table, Bytes key) {
        changes.add(new Change(table, key));
        if (changes.size() > 2 * changesKept) {
            int dropped = changes.size() - changesKept;
            changes.subList(0, dropped).clear();
            changesDropped += dropped;
        }
    }

    private final class Cursor implements ChangeCursor {
        private long next;

        Cursor(long next) {
            this.next = next;
        }

        @Override
        public Poll poll(int max) {
            synchronized (lock) {
                long end = changesDropped + changes.size();
                if (next < changesDropped) {
                    next = end;
                    return new Poll.Lost();
                }
                int from = (int) (next - changesDropped);
                int to = Math.min(changes.size(), from + max);
                next = changesDropped + to;
                return new Poll.Changes(List.copyOf(changes.subList(from, to)));
            }
        }
    }
}
