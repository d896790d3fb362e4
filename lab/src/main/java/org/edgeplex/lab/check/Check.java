package org.edgeplex.lab.check;

import java.util.function.Supplier;

/// A check of the list.
///
/// @param name short, for machines: `ping-red`
/// @param description what is proved, for people
public record Check(String name, String description, Supplier<Measurement> measure) {}
