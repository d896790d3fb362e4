package org.edgeplex.dataplane.table;

/// The exact map (address, length) to value behind a [RouteTrie]: open addressing, linear probing,
/// removal by moving back. Primitive arrays: 12 bytes a slot, two to four slots for each prefix.
final class PrefixMap {
    /// Of no key, and what a new array is full of: who starts must not wait for it to be filled.
    private static final long EMPTY = 0;

    private final long[] keys;
    private final int[] values;
    private final int mask;
    private final int capacity;
    private int size;

    PrefixMap(int capacity) {
        int slots = Integer.highestOneBit(Math.max(2, capacity) - 1) << 2;
        keys = new long[slots];
        values = new int[slots];
        mask = slots - 1;
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    boolean contains(int address, int length) {
        return keys[slot(key(address, length))] != EMPTY;
    }

    /// The value, or `missing`.
    int get(int address, int length, int missing) {
        int slot = slot(key(address, length));
        return keys[slot] == EMPTY ? missing : values[slot];
    }

    /// There is room, or the prefix is there.
    void put(int address, int length, int value) {
        long key = key(address, length);
        int slot = slot(key);
        if (keys[slot] == EMPTY) {
            size++;
            keys[slot] = key;
        }
        values[slot] = value;
    }

    void remove(int address, int length) {
        int hole = slot(key(address, length));
        if (keys[hole] == EMPTY) {
            return;
        }
        size--;
        for (int next = (hole + 1) & mask; keys[next] != EMPTY; next = (next + 1) & mask) {
            int home = home(keys[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        keys[hole] = EMPTY;
    }

    private int slot(long key) {
        int slot = home(key);
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        long mixed = key * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 32 ^ mixed >>> 50) & mask;
    }

    private static long key(int address, int length) {
        return (address & 0xffff_ffffL) << 6 | length + 1;
    }
}
