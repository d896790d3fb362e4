package org.edgeplex.controller.reconcile;

/// How far an access has come; the words of the event stream.
public enum AccessPhase {
    /// In the store, nothing done yet.
    ACCEPTED,
    /// Has its numbers and its records; waits for a host.
    RESERVED,
    /// Its PVM has a host and is being started.
    STARTING,
    /// Its PVM runs and the switch leads to it; waits for its VPN label.
    STEERED,
    RUNNING,
    /// Its PVM, or part of it, died and is being replaced.
    HEALING,
    /// Its routes and its label are being withdrawn from the core, then all of it removed.
    WITHDRAWING
}
