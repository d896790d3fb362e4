package org.edgeplex.state.record;

/// Whether a thing is wanted, or on its way out.
public enum Lifecycle {
    ACTIVE,
    /// Its users withdraw from it; when the last one has, its record goes.
    WITHDRAWING
}
