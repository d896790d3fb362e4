package org.edgeplex.state.ramcloud.server;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;

/// A range of hashes of a table, its objects, and who has it.
final class Tablet {
    final long tableId;
    final long firstHash;
    final long lastHash;
    final NavigableMap<Place, StoredObject> objects;
    Master master;

    /// Its master died and no other has it yet.
    boolean recovering;

    record StoredObject(Bytes value, long version) {}

    /// Ordered by the unsigned hash.
    record Place(long hash, Bytes key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byHash = Long.compareUnsigned(hash, other.hash);
            return byHash != 0 ? byHash : key.compareTo(other.key);
        }
    }

    Tablet(long tableId, long firstHash, long lastHash, Master master) {
        this(tableId, firstHash, lastHash, master, Map.of());
    }

    private Tablet(
            long tableId,
            long firstHash,
            long lastHash,
            Master master,
            Map<Place, StoredObject> objects) {
        this.tableId = tableId;
        this.firstHash = firstHash;
        this.lastHash = lastHash;
        this.master = master;
        this.objects = new TreeMap<>(objects);
    }

    boolean contains(long hash) {
        return Long.compareUnsigned(firstHash, hash) <= 0
                && Long.compareUnsigned(hash, lastHash) <= 0;
    }

    /// The part below a hash that is not its first.
    Tablet below(long hash) {
        return new Tablet(
                tableId,
                firstHash,
                hash - 1,
                master,
                objects.headMap(new Place(hash, Bytes.EMPTY), false));
    }

    Tablet from(long hash) {
        return new Tablet(
                tableId,
                hash,
                lastHash,
                master,
                objects.tailMap(new Place(hash, Bytes.EMPTY), true));
    }
}
