package org.edgeplex.state;

/// One conditional change of one object.
public sealed interface Write {
    TableId table();

    Bytes key();

    Expect expect();

    Incarnation writer();

    record Put(TableId table, Bytes key, Bytes value, Expect expect, Incarnation writer)
            implements Write {}

    record Remove(TableId table, Bytes key, Expect expect, Incarnation writer) implements Write {}
}
