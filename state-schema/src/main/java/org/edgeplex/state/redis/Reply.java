package org.edgeplex.state.redis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
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

    /// A larger array of nothing but strings and nulls, without an object for each: where they lie.
    final class Texts implements Reply {
        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
        private static final byte[] EMPTY = {};
        private static final int NULL_LENGTH = -1;

        private final byte[][] arrays;
        private final int[] offsets;
        private final int[] lengths;
        private int count;

        /// Takes so many.
        Texts(int countMax) {
            arrays = new byte[countMax][];
            offsets = new int[countMax];
            lengths = new int[countMax];
        }

        void add(byte[] array, int offset, int length) {
            arrays[count] = array;
            offsets[count] = offset;
            lengths[count++] = length;
        }

        void addNull() {
            add(EMPTY, 0, NULL_LENGTH);
        }

        int count() {
            return count;
        }

        boolean isNull(int index) {
            return lengths[index] == NULL_LENGTH;
        }

        int length(int index) {
            return lengths[index];
        }

        /// What follows the first octets of one that is no null.
        Bytes bytes(int index, int from) {
            return Bytes.wrap(arrays[index], offsets[index] + from, lengths[index] - from);
        }

        /// Its first eight octets, which it has.
        long i64(int index) {
            return (long) LONG.get(arrays[index], offsets[index]);
        }

        /// The same as objects.
        List<Reply> items() {
            List<Reply> items = new ArrayList<>(arrays.length);
            for (int i = 0; i < count; i++) {
                items.add(isNull(i) ? Reply.NULL : new Text(bytes(i, 0)));
            }
            return items;
        }
    }

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
