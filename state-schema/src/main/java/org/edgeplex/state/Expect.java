package org.edgeplex.state;

/// The condition of a write on the object that is there (RAMCloud's `RejectRules`).
public sealed interface Expect {
    Expect ANY = new Any();
    Expect ABSENT = new Absent();

    /// No condition.
    record Any() implements Expect {}

    /// Only if there is no such object.
    record Absent() implements Expect {}

    /// Only if the object is there in just this version. An absent object is a conflict.
    record Version(long version) implements Expect {}
}
