package org.edgeplex.state.bench;

/// One number of a bench.
///
/// @param unit `ns`, `1/s`, `bytes`, or `ratio`
public record Figure(String metric, double value, String unit) {}
