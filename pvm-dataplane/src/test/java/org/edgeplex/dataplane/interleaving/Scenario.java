package org.edgeplex.dataplane.interleaving;

/// A change of a table, and a look at it meanwhile.
///
/// Made anew for each schedule, by a constructor that takes a `SegmentAllocator` of memory that is
/// all zeros, and brings the table to where both begin.
public interface Scenario {
    /// The writer's part.
    void write();

    /// The reader's part: throws an [AssertionError] if it has seen what never was.
    void read();
}
