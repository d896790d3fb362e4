package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.WriteOutcome;

/// What a RAMCloud cluster does for a client: single objects, conditionally written, in batches
/// that are not atomic. How they are reached is an implementation's: the wire protocol in Java, the
/// C library, a model in memory.
///
/// - Every operation ends by its timeout: a read fails with [StoreException], a write is
///   [WriteOutcome.Unknown]. Within it, servers that crash, recover or give tablets away are
///   retried.
/// - A conflict is a promise: that write was not done and will not be. A write whose answer was
///   lost may be sent again; when the repetition conflicts, perhaps with its own result, the
///   outcome is [WriteOutcome.Unknown].
/// - Versions of one key never come again, also when the object is removed and written anew.
/// - Safe for use by several threads. Futures are completed on a thread of the client: what hangs
///   on them must not block.
public interface RamcloudClient extends AutoCloseable {
    /// An object's place.
    ///
    /// @param tableId as [#table] gave it
    record ObjectKey(long tableId, Bytes key) {}

    /// One conditional change of one object.
    sealed interface ObjectWrite {
        ObjectKey key();

        Expect expect();

        record Put(ObjectKey key, Bytes value, Expect expect) implements ObjectWrite {}

        record Remove(ObjectKey key, Expect expect) implements ObjectWrite {}
    }

    /// The id of the table of this name, which is made if there is none.
    CompletableFuture<Long> table(String name, Duration timeout);

    /// The id of the table of this name, if there is one.
    CompletableFuture<Optional<Long>> findTable(String name, Duration timeout);

    /// Answers in the order of the keys.
    CompletableFuture<List<Lookup>> read(List<ObjectKey> keys, Duration timeout);

    /// Outcomes in the order of the writes: [WriteOutcome.Written], [WriteOutcome.Conflict] with
    /// the version that is there, or [WriteOutcome.Unknown]. The writes of one call may be done in
    /// any order.
    CompletableFuture<List<WriteOutcome>> write(List<ObjectWrite> writes, Duration timeout);

    /// Adds to an eight-octet little-endian counter, 0 where absent, exactly once within the
    /// timeout; returns the new value.
    CompletableFuture<Long> increment(ObjectKey key, long delta, Duration timeout);

    /// The objects of a table in no order: a weak scan as [org.edgeplex.state.StateStore#scan] has
    /// it.
    ///
    /// @param resume [Bytes#EMPTY], or what the page before said
    CompletableFuture<ScanPage> enumerate(long tableId, Bytes resume, Duration timeout);

    @Override
    void close();
}
