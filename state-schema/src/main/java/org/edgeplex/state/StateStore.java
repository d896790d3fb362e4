package org.edgeplex.state;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A table store that outlives the processes that use it: what an engine implements.
///
/// - Every operation is asynchronous and has a timeout. A read past it fails with [StoreException];
///   a write past it is [WriteOutcome.Unknown].
/// - Each object is written atomically and linearizably. Several objects are not: a batch gives
///   each its own outcome, and items of a batch are applied in order.
/// - A future fails with [StoreException] when the store as a whole cannot work, and for a request
///   that no store takes: a key that is empty or longer than [#KEY_BYTES_MAX], a value longer than
///   [#VALUE_BYTES_MAX], more than [#BATCH_MAX] keys or writes. Nothing was written then.
/// - Safe for use by several threads.
public interface StateStore extends AutoCloseable {
    int KEY_BYTES_MAX = 480;
    int VALUE_BYTES_MAX = 1 << 20;
    int BATCH_MAX = 1_000;

    CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout);

    /// Answers in the order of the keys.
    CompletableFuture<List<Lookup>> getAll(TableId table, List<Bytes> keys, Duration timeout);

    /// Outcomes in the order of the writes, at most [#BATCH_MAX].
    CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout);

    /// Adds to a counter, eight bytes big-endian, 0 where absent; returns the new value. After a
    /// timeout, a failure, it may have happened or not.
    CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout);

    /// A weak scan of the keys that start with `prefix`, in no promised order. An object that is
    /// there during the whole scan is returned just once; one that comes or goes meanwhile may be
    /// returned or not. A page may have fewer entries than `limit`, even none, and still be
    /// followed by another.
    ///
    /// @param resume [Bytes#EMPTY], or what the page before said, with the same table and prefix
    CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout);

    /// The tables that hold something, those of another release too, where an engine can tell;
    /// otherwise those of the catalogue, empty ones among them.
    default CompletableFuture<List<TableId>> tables(Duration timeout) {
        return CompletableFuture.completedFuture(
                Tables.all().stream().<TableId>map(Table::id).toList());
    }

    /// What the engine measures of itself, such as how full it is: for people, in its own words.
    default CompletableFuture<Map<String, Long>> figures(Duration timeout) {
        return CompletableFuture.completedFuture(Map.of());
    }

    /// A cursor that stands at the present.
    ChangeCursor changes();

    /// Ends this user's part; what is stored stays.
    @Override
    void close();
}
