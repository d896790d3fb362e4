package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// The native memory of one worker, allocated once: the keys of some reads, or the key and value of
/// another operation, on their way to the library; its objects that describe reads; and what it
/// answers.
///
/// Filled by [#addRead], done by [#read], then looked at, then filled anew after [#clear].
final class Batch {
    /// A server keeps about 1 kB on its stack for each item of a request.
    static final int ITEMS_MAX = 256;

    /// The largest value of a user, and what the engine puts before it.
    static final int VALUE_BYTES_MAX = StateStore.VALUE_BYTES_MAX + 1_024;

    static final int KEY_BYTES_MAX = 0xffff;
    static final int REQUEST_BYTES = VALUE_BYTES_MAX + KEY_BYTES_MAX;

    private static final int OBJECT_ALIGNMENT = 64;

    private final RamcloudLibrary library;
    private final MemorySegment request;
    private final MemorySegment reply;
    private final MemorySegment rules;
    private final MemorySegment lengths;
    private final MemorySegment pointers;
    private final long objects;
    private final long objectBytes;
    private final int[] statuses = new int[ITEMS_MAX];
    private final long[] versions = new long[ITEMS_MAX];
    private int requestBytes;
    private int slotBytes;
    private int count;

    Batch(RamcloudLibrary library, Arena arena) {
        this.library = library;
        request = arena.allocate(REQUEST_BYTES);
        reply = arena.allocate(VALUE_BYTES_MAX);
        rules = arena.allocate(RejectRules.BYTES);
        lengths = arena.allocate(JAVA_INT, ITEMS_MAX);
        objectBytes =
                Math.ceilDiv(library.multiReadSizeOf(), OBJECT_ALIGNMENT) * (long) OBJECT_ALIGNMENT;
        objects = arena.allocate(objectBytes * ITEMS_MAX, OBJECT_ALIGNMENT).address();
        pointers = arena.allocate(JAVA_LONG, ITEMS_MAX);
        for (int i = 0; i < ITEMS_MAX; i++) {
            pointers.setAtIndex(JAVA_LONG, i, objects + i * objectBytes);
        }
    }

    /// Forgets what was done.
    ///
    /// @param reads how many values are to be read: they share the memory for answers
    void clear(int reads) {
        requestBytes = 0;
        count = 0;
        slotBytes = VALUE_BYTES_MAX / Math.max(reads, 1);
    }

    void addRead(ObjectKey key) {
        library.multiReadCreate(
                key.tableId(),
                put(key.key()),
                key.key().length(),
                value(count),
                slotBytes,
                length(count),
                object(count));
        count++;
    }

    /// Reads what was added. The library's objects are gone then.
    void read(long client) {
        library.multiRead(client, pointers.address(), count);
        for (int i = 0; i < count; i++) {
            statuses[i] = library.multiReadStatus(object(i));
            versions[i] = library.multiReadVersion(object(i));
            library.multiReadDestroy(object(i));
        }
    }

    int status(int index) {
        return statuses[index];
    }

    /// The object's version, 0 when it is not there.
    long version(int index) {
        return versions[index];
    }

    /// How long the value is that was read; there may be less of it here.
    int valueLength(int index) {
        return lengths.getAtIndex(JAVA_INT, index);
    }

    boolean isWhole(int index) {
        return Integer.compareUnsigned(valueLength(index), slotBytes) <= 0;
    }

    void copyValue(int index, byte[] target, int offset) {
        MemorySegment.copy(
                reply, JAVA_BYTE, (long) index * slotBytes, target, offset, valueLength(index));
    }

    /// Puts a key or a value at the end of the request; returns where.
    long put(Bytes bytes) {
        int offset = requestBytes;
        MemorySegment.copy(bytes.asSegment(), 0, request, offset, bytes.length());
        requestBytes += bytes.length();
        return request.address() + offset;
    }

    /// Puts the condition of the operation; returns where.
    long rules(Expect expect) {
        if (expect.equals(Expect.ANY)) {
            return RamcloudLibrary.NONE;
        }
        RejectRules.put(rules, 0, expect);
        return rules.address();
    }

    /// Where a value is read to, and how long it may be.
    long value(int index) {
        return reply.address() + (long) index * slotBytes;
    }

    int slotBytes() {
        return slotBytes;
    }

    /// Where the length of a value is put.
    long length(int index) {
        return lengths.address() + (long) index * Integer.BYTES;
    }

    private long object(int index) {
        return objects + index * objectBytes;
    }
}
