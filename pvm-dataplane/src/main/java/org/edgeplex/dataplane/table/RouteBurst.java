package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Looks addresses up in a [RouteTrie] many at a time, in stages, so that the cache misses of
/// different addresses overlap: [#locate], a prefetch of [#lines] by the caller, [#descend],
/// another prefetch of [#lines] if that says so, [#match]. In a wide block, the entry is seldom in
/// the line of the runs.
///
/// One for each reading thread; what the first stage found holds until the thread's next word to
/// the [Grace].
public final class RouteBurst {
    private final RouteTrie trie;
    private final int[] entries;
    private final long lines;
    private boolean isWide;

    public RouteBurst(SegmentAllocator memory, RouteTrie trie, int capacity) {
        this.trie = trie;
        entries = new int[capacity];
        lines = memory.allocate((long) capacity * Long.BYTES, 64).address();
    }

    /// The address of an array of addresses, one for each address located.
    public long lines() {
        return lines;
    }

    /// The first stage: the root's entries, and the lines that they lead to.
    public void locate(int[] addresses, int count) {
        locate(addresses, 0, count);
    }

    /// The first stage for some of the addresses.
    public void locate(int[] addresses, int from, int to) {
        long root = trie.root();
        long base = trie.base();
        long line = lines;
        int[] each = entries;
        int kinds = 0;
        for (int i = from; i < to; i++) {
            int entry = RouteTrie.first(root, addresses[i]);
            each[i] = entry;
            kinds |= entry & ~entry << 1;
            // A leaf needs no line: any that is there already.
            Memory.putLong(line + 8L * i, entry < 0 ? RouteTrie.line(base, entry) : line);
        }
        isWide = kinds < 0 || from != 0 && isWide;
    }

    /// The second stage: within each wide block, the entry. False if there is no such block, and so
    /// nothing new to ask for.
    public boolean descend(int[] addresses, int count) {
        if (!isWide) {
            return false;
        }
        long line = lines;
        int[] each = entries;
        for (int i = 0; i < count; i++) {
            if (each[i] < 0 && !RouteTrie.isNarrow(each[i])) {
                long at = line + 8L * i;
                int bits = addresses[i] << RouteTrie.ROOT_BITS;
                Memory.putLong(at, RouteTrie.entryIn(Memory.getLong(at), bits));
            }
        }
        return true;
    }

    /// The last stage, when the lines had time to arrive: each address's value, or
    /// [RouteTrie#MISSING].
    public void match(int[] addresses, int count, int[] values) {
        long base = trie.base();
        long line = lines;
        int missing = trie.defaultValue();
        int[] each = entries;
        for (int i = 0; i < count; i++) {
            int entry = each[i];
            int rest = addresses[i] << RouteTrie.ROOT_BITS;
            long at = Memory.getLong(line + 8L * i);
            int value;
            if (entry < 0 && RouteTrie.isNarrow(entry)) {
                value = RouteTrie.valueIn(at, rest);
            } else if (entry < 0) {
                int next = Memory.getInt(at);
                value = RouteTrie.follow(base, next, rest << RouteTrie.BLOCK_BITS);
            } else {
                value = RouteTrie.follow(base, entry, rest);
            }
            values[i] = value == RouteTrie.MISSING ? missing : value;
        }
    }
}
