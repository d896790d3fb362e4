package org.edgeplex.state;

import java.util.List;

/// A reader's place in the stream of changes; polled, since not every engine can push.
///
/// Every change that commits after the cursor was opened is reported at least once, in an order
/// that has the changes of one key as they happened; or the cursor says that it lost its place.
/// Used by one thread.
public interface ChangeCursor {
    /// Returns what has changed since the last poll, at most `max`, without waiting for more. A
    /// poll that returns less than `max` has reported every change that was acknowledged, to
    /// anybody, before it began.
    Poll poll(int max);

    sealed interface Poll {
        /// Changes in order; empty: nothing new.
        record Changes(List<Change> changes) implements Poll {}

        /// More happened than the engine keeps: read the tables again. The cursor now stands at the
        /// present: scan after this answer and nothing is missed.
        record Lost() implements Poll {}
    }
}
