package org.edgeplex.state.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Table;

/// Asynchronous reads and writes of one table in its declared [org.edgeplex.state.AccessMode], in
/// the name of one incarnation.
///
/// Outcomes are values. A future fails only with [org.edgeplex.state.StoreException], when the
/// store as a whole cannot work, does not answer a read in time, or takes no such record. Futures
/// of batched operations complete on the loop: what follows them must not block.
public interface TableClient<K, V> {
    Table<K, V> table();

    CompletableFuture<ReadOutcome<K, V>> get(K key);

    /// Outcomes in the order of the keys.
    CompletableFuture<List<ReadOutcome<K, V>>> getAll(List<K> keys);

    /// Writes whatever was there before.
    CompletableFuture<ChangeOutcome> put(K key, V value);

    /// Writes if there is none; a record that has expired is none.
    CompletableFuture<ChangeOutcome> putIfAbsent(K key, V value);

    /// Writes if it is still in this version. What a later release had added stays in it.
    CompletableFuture<ChangeOutcome> replace(Stored<K, V> seen, V value);

    /// Removes what may be there.
    CompletableFuture<ChangeOutcome> remove(K key);

    /// Removes if it is still in this version.
    CompletableFuture<ChangeOutcome> remove(Stored<K, V> seen);
}
