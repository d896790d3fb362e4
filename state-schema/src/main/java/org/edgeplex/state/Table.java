package org.edgeplex.state;

/// A table of the catalogue: what its keys and records are, and who may write them.
///
/// @param writer the one declared writer, in words
/// @param staleReads whether a reader may work on a record that has changed since
/// @param mode how its clients reach it
/// @param expiry until when a record counts
public record Table<K, V>(
        TableId id,
        KeyCodec<K> keys,
        RecordCodec<V> records,
        String writer,
        boolean staleReads,
        AccessMode mode,
        Expiry<? super V> expiry) {

    public Table {
        if (mode == AccessMode.CACHED && !staleReads) {
            throw new IllegalArgumentException(
                    "table " + id + " allows no stale reads: it cannot be cached");
        }
    }

    /// Whether its records may expire.
    public boolean expires() {
        return !expiry.equals(Expiry.NEVER);
    }

    /// The same table, of records that expire.
    public Table<K, V> expiringAt(Expiry<? super V> recordExpiry) {
        return new Table<>(id, keys, records, writer, staleReads, mode, recordExpiry);
    }

    public K decodeKey(Bytes key) {
        try {
            return keys.decode(key);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException(
                    "table " + id + ", key " + key + ": " + e.getMessage(), e);
        }
    }

    public V decode(Bytes key, Bytes value) {
        return read(key, value).value();
    }

    /// The record, and what a later release added to it.
    public RecordCodec.Decoded<V> read(Bytes key, Bytes value) {
        try {
            return records.read(value);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException(
                    "table " + id + ", key " + key + ": damaged record: " + e.getMessage(), e);
        }
    }

    public Write put(K key, V value, Expect expect, Incarnation by) {
        return rewrite(key, value, LaterFields.NONE, expect, by);
    }

    /// Writes a record that was read before, with what a later release had added to it.
    public Write rewrite(K key, V value, LaterFields later, Expect expect, Incarnation by) {
        return new Write.Put(id, keys.encode(key), records.encode(value, later), expect, by);
    }

    public Write remove(K key, Expect expect, Incarnation by) {
        return new Write.Remove(id, keys.encode(key), expect, by);
    }

    @Override
    public String toString() {
        return id.name();
    }
}
