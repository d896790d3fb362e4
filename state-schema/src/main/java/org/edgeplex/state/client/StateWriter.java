package org.edgeplex.state.client;

import java.util.List;
import java.util.Optional;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// Writes of the one declared writer of a record, in the name of its incarnation.
///
/// Every method returns only when the store has it; [FencedException] ends the program.
public final class StateWriter {
    private final State state;
    private final Incarnation incarnation;

    StateWriter(State state, Incarnation incarnation) {
        this.state = state;
        this.incarnation = incarnation;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    /// Writes whatever was there before.
    public <K, V> void put(Table<K, V> table, K key, V value) {
        done(state.write(table.put(key, value, Expect.ANY, incarnation)));
    }

    /// Returns whether there was none and it was written. A record that has expired is none.
    public <K, V> boolean putIfAbsent(Table<K, V> table, K key, V value) {
        if (written(state.write(table.put(key, value, Expect.ABSENT, incarnation)))) {
            return true;
        }
        Optional<Stored<K, V>> expired =
                table.expires() ? state.expired(table, key) : Optional.empty();
        return expired.isPresent()
                && written(
                        state.write(
                                table.put(
                                        key,
                                        value,
                                        new Expect.Version(expired.get().version()),
                                        incarnation)));
    }

    /// Returns whether it was still in this version and was written. What a later release had added
    /// to the record that was seen stays in it.
    public <K, V> boolean replace(Table<K, V> table, Stored<K, V> seen, V value) {
        return written(state.write(seen.replacedBy(table, value, incarnation)));
    }

    /// Removes what may be there.
    public <K, V> void remove(Table<K, V> table, K key) {
        done(state.write(table.remove(key, Expect.ANY, incarnation)));
    }

    /// Unconditional writes, built with [#toPut] and [#toRemove], in order and in few round trips.
    public void writeAll(List<Write> writes) {
        state.writeAll(writes).forEach(this::done);
    }

    public <K, V> Write toPut(Table<K, V> table, K key, V value) {
        return table.put(key, value, Expect.ANY, incarnation);
    }

    public <K, V> Write toRemove(Table<K, V> table, K key) {
        return table.remove(key, Expect.ANY, incarnation);
    }

    /// Of a record that may not be readable.
    public Write toRemove(Table<?, ?> table, Bytes key) {
        return new Write.Remove(table.id(), key, Expect.ANY, incarnation);
    }

    private void done(WriteOutcome outcome) {
        if (!written(outcome)) {
            throw new IllegalStateException("an unconditional write met a conflict");
        }
    }

    private boolean written(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written(_) -> true;
            case WriteOutcome.Conflict(_) -> false;
            case WriteOutcome.Fenced(long epoch) -> throw new FencedException(incarnation, epoch);
            case WriteOutcome.Unknown(String reason) ->
                    throw new StoreException("the store did not confirm a write: " + reason);
        };
    }
}
