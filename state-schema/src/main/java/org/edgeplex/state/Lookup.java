package org.edgeplex.state;

/// What a read found.
public sealed interface Lookup {
    Lookup ABSENT = new Absent();

    /// The object, and its version: opaque, to be compared for equality only.
    record Found(Bytes value, long version) implements Lookup {}

    record Absent() implements Lookup {}
}
