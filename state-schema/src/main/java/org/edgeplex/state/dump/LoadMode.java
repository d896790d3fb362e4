package org.edgeplex.state.dump;

/// What becomes of what a store holds when a dump is loaded into it.
public enum LoadMode {
    /// A store that holds anything is refused.
    INTO_EMPTY,

    /// The dump's objects go over it, and the rest stays.
    MERGE,

    /// All that is not in the dump is removed.
    REPLACE
}
