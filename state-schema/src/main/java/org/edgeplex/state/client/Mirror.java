package org.edgeplex.state.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;

/// A copy of whole tables for who looks at all of them again and again: [#rows] finds what
/// [State#scan] would find at the last [#refresh], which costs a poll of the change cursor and a
/// read of what changed. A scan costs what there is; RAMCloud's costs what there is in all tables.
///
/// Whatever was acknowledged, to us or to others, before a refresh began is in its rows. For tables
/// that fit into memory. Used by one thread at a time.
public final class Mirror {
    private static final int POLLS_MAX = 4;

    private final State state;
    private final StateFeed feed;
    private final Map<TableId, SortedMap<Bytes, Stored<?, ?>>> records = new HashMap<>();

    private final StateFeed.Listener copy =
            new StateFeed.Listener() {
                @Override
                public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
                    records(table).put(table.keys().encode(record.key()), record);
                }

                @Override
                public <K, V> void absent(Table<K, V> table, K key) {
                    records(table).remove(table.keys().encode(key));
                }
            };

    Mirror(State state, StateFeed feed) {
        this.state = state;
        this.feed = feed;
    }

    /// Returns whether there was any news; some of it may be no change.
    ///
    /// The news of all tables pass by, and they may come faster than they are read. So who is far
    /// behind reads the tables instead, which has an end.
    public boolean refresh() {
        int reports = feed.poll(copy);
        for (int polls = 1; !feed.isCaughtUp(); polls++) {
            if (polls == POLLS_MAX) {
                feed.standAgain();
            }
            reports += feed.poll(copy);
        }
        return reports > 0;
    }

    /// The records of a table that can be read, in key order.
    public <K, V> List<Stored<K, V>> rows(Table<K, V> table, State.OnDamage onDamage) {
        var damaged = feed.damaged(table);
        damaged.forEach(onDamage::damaged);
        List<Stored<K, V>> rows = new ArrayList<>();
        records(table)
                .forEach((key, record) -> {
                    if (!damaged.containsKey(key)) {
                        state.living(table, typed(record)).ifPresent(rows::add);
                    }
                });
        return rows;
    }

    private SortedMap<Bytes, Stored<?, ?>> records(Table<?, ?> table) {
        return records.computeIfAbsent(table.id(), _ -> new TreeMap<>());
    }

    /// What [#copy] put under a table is of that table.
    @SuppressWarnings("unchecked")
    private static <K, V> Stored<K, V> typed(Stored<?, ?> record) {
        return (Stored<K, V>) record;
    }
}
