package org.edgeplex.state.ramcloud.server;

/// A master as the cluster sees it.
final class Master {
    final long id;
    final Node node;

    /// The version of the next object that is new.
    long nextVersion = 1;

    Master(long id, Node node) {
        this.id = id;
        this.node = node;
    }

    /// Versions of objects that were here, or come here, never come again.
    void raiseVersion(long atLeast) {
        nextVersion = Math.max(nextVersion, atLeast);
    }
}
