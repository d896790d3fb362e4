package org.edgeplex.state.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a program in step with tables: every record once at first, then each change.
///
/// Level-triggered: a listener is told what is there now, perhaps more than once, never what was in
/// between. When the engine lost the reader's place, the tables are read again and what vanished
/// meanwhile is reported as removed. A damaged record is named in the error log and not reported:
/// what the listener knew of it stays until it is whole again or gone. Used by one thread.
public final class StateFeed {
    private static final Logger LOG = LoggerFactory.getLogger(StateFeed.class);
    private static final int CHANGES_MAX = 1_000;

    /// What a program does with records. Its exceptions pass through [#poll].
    public interface Listener {
        /// The record is there, new or changed or as before.
        <K, V> void present(Table<K, V> table, Stored<K, V> record);

        /// The record is not there.
        <K, V> void absent(Table<K, V> table, K key);
    }

    private final State state;
    private final List<Table<?, ?>> tables;
    private final StateStore store;
    private ChangeCursor cursor;
    private final Map<TableId, Set<Bytes>> known = new HashMap<>();
    private final Map<TableId, Map<Bytes, DamagedRecordException>> damaged = new HashMap<>();
    private boolean inStep;
    private boolean isCaughtUp;

    StateFeed(State state, StateStore store, List<Table<?, ?>> tables) {
        this.state = state;
        this.store = store;
        this.tables = tables;
        // Before the first scan, so that nothing falls between the two.
        this.cursor = store.changes();
    }

    /// Reports what is new; never waits. Returns how many reports were made. After an exception the
    /// next poll reads everything again.
    public int poll(Listener listener) {
        boolean completed = false;
        isCaughtUp = true;
        try {
            int reports = inStep ? readChanges(listener) : readTables(listener);
            completed = true;
            return reports;
        } finally {
            inStep = completed;
        }
    }

    /// Passes over what happened since the last poll: the next one reads the tables.
    void standAgain() {
        cursor = store.changes();
        inStep = false;
    }

    private int readTables(Listener listener) {
        TableScans scans = state.scans();
        tables.forEach(scans::begin);
        int reports = 0;
        for (Table<?, ?> table : tables) {
            reports += readTable(table, scans, listener);
        }
        return reports;
    }

    private int readChanges(Listener listener) {
        return switch (cursor.poll(CHANGES_MAX)) {
            case ChangeCursor.Poll.Lost() -> readTables(listener);
            case ChangeCursor.Poll.Changes(List<Change> changes) -> {
                isCaughtUp = changes.size() < CHANGES_MAX;
                int reports = 0;
                for (Table<?, ?> table : tables) {
                    reports += readChanged(table, changes, listener);
                }
                yield reports;
            }
        };
    }

    /// Reads what changed of one table, in one round trip.
    private <K, V> int readChanged(Table<K, V> table, List<Change> changes, Listener listener) {
        // One report for a record that changed several times.
        List<Bytes> keys =
                changes.stream()
                        .filter(change -> change.table().equals(table.id()))
                        .map(Change::key)
                        .distinct()
                        .toList();
        if (keys.isEmpty()) {
            return 0;
        }
        List<Lookup> found = state.lookUp(table, keys);
        int reports = 0;
        for (int i = 0; i < keys.size(); i++) {
            reports += report(table, keys.get(i), found.get(i), listener);
        }
        return reports;
    }

    private <K, V> int readTable(Table<K, V> table, TableScans scans, Listener listener) {
        Set<Bytes> keys = known(table);
        Set<Bytes> vanished = new HashSet<>(keys);
        int reports = 0;
        damaged(table).clear();
        List<Stored<K, V>> records =
                scans.take(
                        table,
                        (key, damage) -> {
                            noteDamage(table, key, damage);
                            vanished.remove(key);
                        });
        for (Stored<K, V> record : records) {
            Bytes key = table.keys().encode(record.key());
            vanished.remove(key);
            keys.add(key);
            listener.present(table, record);
            reports++;
        }
        for (Bytes key : vanished) {
            listener.absent(table, table.decodeKey(key));
            keys.remove(key);
            reports++;
        }
        return reports;
    }

    /// Returns the number of reports: none for a damaged record.
    private <K, V> int report(Table<K, V> table, Bytes keyBytes, Lookup found, Listener listener) {
        K key;
        Optional<Stored<K, V>> record;
        try {
            key = table.decodeKey(keyBytes);
            record =
                    switch (found) {
                        case Lookup.Absent() -> Optional.empty();
                        case Lookup.Found(Bytes value, long version) ->
                                state.living(
                                        table, Stored.of(table, key, keyBytes, value, version));
                    };
        } catch (DamagedRecordException damage) {
            noteDamage(table, keyBytes, damage);
            return 0;
        }
        damaged(table).remove(keyBytes);
        if (record.isPresent()) {
            known(table).add(keyBytes);
            listener.present(table, record.get());
        } else {
            listener.absent(table, key);
            known(table).remove(keyBytes);
        }
        return 1;
    }

    private void noteDamage(Table<?, ?> table, Bytes key, DamagedRecordException damage) {
        damaged(table).put(key, damage);
        LOG.error("not followed until it is whole again: {}", damage.getMessage());
    }

    /// Whether every record could be read: only then is what was not reported not there.
    public boolean isWhole() {
        return damaged.values().stream().allMatch(Map::isEmpty);
    }

    /// Whether the last poll reported all that had been written when it began; if not, the next one
    /// has more.
    boolean isCaughtUp() {
        return isCaughtUp;
    }

    /// The records that could not be read, by key, with what is wrong with them.
    Map<Bytes, DamagedRecordException> damaged(Table<?, ?> table) {
        return damaged.computeIfAbsent(table.id(), _ -> new TreeMap<>());
    }

    /// The keys that the listener was told are present.
    private Set<Bytes> known(Table<?, ?> table) {
        return known.computeIfAbsent(table.id(), _ -> new HashSet<>());
    }
}
