package org.edgeplex.state.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Bytes;

/// A table outside the heap with open addressing: what memory costs without objects. Half full;
/// keys and values have fixed lengths, and a key is never removed.
final class OffHeapSubject implements Subject {
    private static final int REPEAT = 100;
    private static final int SLOTS = Integer.highestOneBit(Objects.COUNT * 2 - 1) * 2;

    /// used (8), key, value
    private static final int KEY_OFFSET = 8;

    private static final int VALUE_OFFSET = KEY_OFFSET + Objects.KEY_BYTES;
    private static final int SLOT_BYTES = (VALUE_OFFSET + Objects.VALUE_BYTES + 7) & ~7;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment table = arena.allocate((long) SLOTS * SLOT_BYTES, 8);
    private final MemorySegment keys = arena.allocate((long) Objects.COUNT * Objects.KEY_BYTES, 8);
    private final MemorySegment value = arena.allocate(Objects.VALUE_BYTES, 8);
    private final MemorySegment copy = arena.allocate(Objects.VALUE_BYTES, 8);
    private final Objects objects = new Objects();

    OffHeapSubject() {
        for (int i = 0; i < Objects.COUNT; i++) {
            Bytes key = objects.key(i);
            MemorySegment.copy(
                    key.asSegment(), 0, keys, (long) i * Objects.KEY_BYTES, Objects.KEY_BYTES);
            put(i);
        }
    }

    @Override
    public String name() {
        return "offheap";
    }

    @Override
    public boolean does(Operation operation, int batch) {
        return batch == 1;
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        return Calls.timed(
                operation == Operation.GET
                        ? () -> get(objects.anywhere())
                        : () -> put(objects.anywhere()),
                REPEAT,
                nanos);
    }

    private void get(int position) {
        long slot = find(position);
        if (table.get(WORD, slot) == 0) {
            throw new IllegalStateException("an object is not what was written");
        }
        MemorySegment.copy(table, slot + VALUE_OFFSET, copy, 0, Objects.VALUE_BYTES);
    }

    private void put(int position) {
        long slot = find(position);
        MemorySegment.copy(
                keys,
                (long) position * Objects.KEY_BYTES,
                table,
                slot + KEY_OFFSET,
                Objects.KEY_BYTES);
        MemorySegment.copy(value, 0, table, slot + VALUE_OFFSET, Objects.VALUE_BYTES);
        table.set(WORD, slot, 1);
    }

    /// The slot of the key, or where it belongs.
    private long find(int position) {
        long key = (long) position * Objects.KEY_BYTES;
        long first = keys.get(WORD, key);
        long second = keys.get(WORD, key + Long.BYTES);
        long hash = (first * 31 + second) * SPREAD;
        int slot = (int) (hash >>> 40) & (SLOTS - 1);
        while (true) {
            long at = (long) slot * SLOT_BYTES;
            if (table.get(WORD, at) == 0
                    || table.get(WORD, at + KEY_OFFSET) == first
                            && table.get(WORD, at + KEY_OFFSET + Long.BYTES) == second) {
                return at;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
