package org.edgeplex.dataplane.table;

/// What became of a change.
public enum TableOutcome {
    /// A new entry is in the table.
    ADDED,
    /// The key was there; its value is the new one.
    REPLACED,
    /// No room; the table is as before.
    FULL
}
