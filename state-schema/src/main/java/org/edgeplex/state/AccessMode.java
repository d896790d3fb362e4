package org.edgeplex.state;

/// How a table's records are read and written by `org.edgeplex.state.client.TableClient`: declared
/// in the catalogue, so that programs which share a table agree.
public enum AccessMode {
    /// Each operation goes to the store by itself, at once. For what is rare, or decides something.
    SYNC,

    /// Operations that come close together share a round trip.
    ASYNC,

    /// As [#ASYNC], and a record that was read is kept until the change cursor reports it: only for
    /// tables that allow stale reads. Writes go through to the store before they are answered.
    CACHED;

    /// As the document says it.
    public String word() {
        return switch (this) {
            case SYNC -> "sync";
            case ASYNC -> "async";
            case CACHED -> "cached";
        };
    }
}
