package org.edgeplex.controller.reconcile;

/// A compute host as the last pass saw it.
///
/// @param problem why nothing can be started there; empty: something can
public record HostStatus(String name, String problem, int instanceCount) {}
