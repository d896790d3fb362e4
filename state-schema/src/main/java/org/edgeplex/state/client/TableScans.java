package org.edgeplex.state.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;

/// Scans of several tables that are under way together, so that a program that reads many tables
/// when it starts waits for the slowest round trip and not for one after the other.
///
/// Of a scan that was begun the first page is fetched ahead, which bounds the memory; the rest is
/// when it is taken. What it finds was there at some time since it was begun. Used by one thread.
public final class TableScans {
    private final State state;
    private final Map<Scan, CompletableFuture<ScanPage>> begun = new HashMap<>();

    private record Scan(TableId table, Bytes prefix) {}

    TableScans(State state) {
        this.state = state;
    }

    /// Begins to scan a whole table.
    public TableScans begin(Table<?, ?> table) {
        return begin(table, Bytes.EMPTY);
    }

    /// Begins to scan the records whose keys begin with `prefix`.
    public TableScans begin(Table<?, ?> table, Bytes prefix) {
        begun.put(new Scan(table.id(), prefix), state.page(table, prefix, Bytes.EMPTY));
        return this;
    }

    /// The whole table, see [#take(Table, Bytes, State.OnDamage)].
    public <K, V> List<Stored<K, V>> take(Table<K, V> table, State.OnDamage onDamage) {
        return take(table, Bytes.EMPTY, onDamage);
    }

    /// The records that can be read, in key order: of the scan that was begun, once, or else of one
    /// that begins now.
    public <K, V> List<Stored<K, V>> take(
            Table<K, V> table, Bytes prefix, State.OnDamage onDamage) {
        CompletableFuture<ScanPage> first = begun.remove(new Scan(table.id(), prefix));
        return state.scan(
                table,
                prefix,
                first != null ? first : state.page(table, prefix, Bytes.EMPTY),
                onDamage);
    }
}
