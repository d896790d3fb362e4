package org.edgeplex.state;

/// An object was written or removed. What it is now is read by its key: changes may be merged.
public record Change(TableId table, Bytes key) {}
