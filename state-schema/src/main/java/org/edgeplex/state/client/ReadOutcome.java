package org.edgeplex.state.client;

import org.edgeplex.state.DamagedRecordException;

/// What became of one read.
public sealed interface ReadOutcome<K, V> {
    record Found<K, V>(Stored<K, V> record) implements ReadOutcome<K, V> {}

    /// There is none, or it has expired.
    record Absent<K, V>() implements ReadOutcome<K, V> {}

    /// The stored bytes are not the record they should be.
    record Damaged<K, V>(DamagedRecordException damage) implements ReadOutcome<K, V> {}

    /// Too much is not yet answered: the store was not asked.
    record Busy<K, V>() implements ReadOutcome<K, V> {}
}
