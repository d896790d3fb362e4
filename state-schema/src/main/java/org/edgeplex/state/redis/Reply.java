package org.edgeplex.state.redis;

import java.util.List;
import org.edgeplex.state.Bytes;

/// What a server says (RESP3): the types that differ for this engine.
sealed interface Reply {
    Reply NULL = new Null();

    /// Simple, bulk and verbatim strings, big numbers, doubles, booleans.
    record Text(Bytes bytes) implements Reply {}

    record I64(long value) implements Reply {}

    /// Arrays and sets; a map is its keys and values in turn.
    record Items(List<Reply> items) implements Reply {}

    /// An error; its first word is its kind.
    record Failure(String message) implements Reply {
        String kind() {
            int space = message.indexOf(' ');
            return space < 0 ? message : message.substring(0, space);
        }
    }

    /// Something that nobody asked for.
    record Push(List<Reply> items) implements Reply {}

    record Null() implements Reply {}
}
