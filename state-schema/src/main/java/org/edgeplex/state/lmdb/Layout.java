package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;

/// How objects and changes lie in the file; all numbers big-endian.
///
/// ```
/// records:  table (2) | key (1..480)   ->  version (8) | value
/// changes:  sequence (8)               ->  table (2) | key
/// ```
final class Layout {
    static final int TABLE_BYTES = 2;
    static final int VERSION_BYTES = 8;
    static final int SEQUENCE_BYTES = 8;
    static final int KEY_BYTES_MAX = 512;

    /// Not a table number: what the engine notes for itself.
    static final int OWN_TABLE = 0;

    private static final ValueLayout.OfShort U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Layout() {}

    /// Returns the length.
    static int writeKey(MemorySegment to, int table, Bytes key) {
        to.set(U16, 0, (short) table);
        key.copyTo(to, TABLE_BYTES);
        return TABLE_BYTES + key.length();
    }

    static int table(MemorySegment key) {
        return Short.toUnsignedInt(key.get(U16, 0));
    }

    static TableId tableId(MemorySegment key) {
        return Tables.numbered(table(key));
    }

    static Bytes key(MemorySegment key) {
        return bytes(key, TABLE_BYTES);
    }

    /// Whether it is a key of the table that begins with the prefix.
    static boolean matches(MemorySegment key, int table, Bytes prefix) {
        int end = TABLE_BYTES + prefix.length();
        return key.byteSize() >= end
                && table(key) == table
                && MemorySegment.mismatch(
                                key, TABLE_BYTES, end, prefix.asSegment(), 0, prefix.length())
                        < 0;
    }

    static long version(MemorySegment object) {
        if (object.byteSize() < VERSION_BYTES) {
            throw new DamagedRecordException("an object without a version");
        }
        return object.get(I64, 0);
    }

    static Bytes value(MemorySegment object) {
        return bytes(object, VERSION_BYTES);
    }

    static void writeObject(MemorySegment to, long version, Bytes value) {
        to.set(I64, 0, version);
        value.copyTo(to, VERSION_BYTES);
    }

    static long sequence(MemorySegment key) {
        return key.get(I64, 0);
    }

    static void writeSequence(MemorySegment to, long sequence) {
        to.set(I64, 0, sequence);
    }

    private static Bytes bytes(MemorySegment from, long offset) {
        byte[] bytes = new byte[Math.toIntExact(from.byteSize() - offset)];
        MemorySegment.copy(from, JAVA_BYTE, offset, bytes, 0, bytes.length);
        return Bytes.wrap(bytes);
    }
}
