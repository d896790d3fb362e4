package org.edgeplex.lab.simulation;

/// An invariant that did not hold.
///
/// @param invariant a sentence that is the same whenever it is broken
public record Violation(String invariant, String detail) {}
