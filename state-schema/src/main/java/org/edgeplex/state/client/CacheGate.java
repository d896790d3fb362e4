package org.edgeplex.state.client;

/// Whether kept records may be used now.
interface CacheGate {
    boolean isOpen();

    /// The incarnation is at its end: nothing that was kept is used any more.
    void fenced();
}
