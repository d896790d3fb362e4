package org.edgeplex.state.client;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.LaterFields;
import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.Table;
import org.edgeplex.state.Write;

/// A record that was read, with its key and its version.
///
/// @param later what a later release added to it: kept when the record is replaced
public record Stored<K, V>(K key, V value, long version, LaterFields later) {
    /// Of an object as it is stored; fails with [org.edgeplex.state.DamagedRecordException].
    static <K, V> Stored<K, V> of(
            Table<K, V> table, K key, Bytes keyBytes, Bytes value, long version) {
        RecordCodec.Decoded<V> read = table.read(keyBytes, value);
        return new Stored<>(key, read.value(), version, read.later());
    }

    /// The write of another value in place of this one.
    public Write replacedBy(Table<K, V> table, V other, Incarnation by) {
        return table.rewrite(key, other, later, new Expect.Version(version), by);
    }

    /// Whether the record counts no more: to every reader it is absent.
    boolean hasExpired(Table<K, V> table, long nowMillis) {
        return table.expiry().expiresAtMillis(value) <= nowMillis;
    }
}
