package org.edgeplex.dataplane.trace;

/// One decision.
///
/// @param stage where it is taken, a word
/// @param decision what was decided, for people
record Step(String stage, String decision) {}
