package org.edgeplex.state;

/// A table of the catalogue: what its keys and records are, and who may write them.
///
/// @param writer the one declared writer, in words
/// @param staleReads whether a reader may work on a record that has changed since
public record Table<K, V>(
        TableId id, KeyCodec<K> keys, RecordCodec<V> records, String writer, boolean staleReads) {

    public K decodeKey(Bytes key) {
        try {
            return keys.decode(key);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException(
                    "table " + id + ", key " + key + ": " + e.getMessage(), e);
        }
    }

    public V decode(Bytes key, Bytes value) {
        try {
            return records.decode(value);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException(
                    "table " + id + ", key " + key + ": damaged record: " + e.getMessage(), e);
        }
    }

    public Write put(K key, V value, Expect expect, Incarnation by) {
        return new Write.Put(id, keys.encode(key), records.encode(value), expect, by);
    }

    public Write remove(K key, Expect expect, Incarnation by) {
        return new Write.Remove(id, keys.encode(key), expect, by);
    }

    @Override
    public String toString() {
        return id.name();
    }
}
