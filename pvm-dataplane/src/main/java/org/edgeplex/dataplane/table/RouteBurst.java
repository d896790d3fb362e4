package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Looks addresses up in a [RouteTrie] many at a time, in two stages, so that the cache misses of
/// different addresses overlap: [#locate], a prefetch of [#lines] by the caller, [#match].
///
/// One for each reading thread; what the first stage found holds until the thread's next word to
/// the [Grace].
public final class RouteBurst {
    private final RouteTrie trie;
    private final int[] entries;
    private final long lines;

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
        long root = trie.root();
        long base = trie.base();
        long line = lines;
        int[] each = entries;
        for (int i = 0; i < count; i++) {
            int entry = RouteTrie.first(root, addresses[i]);
            each[i] = entry;
            // A leaf needs no line: any that is there already.
            Memory.putLong(line + 8L * i, entry < 0 ? RouteTrie.line(base, entry) : line);
        }
    }

    /// The second stage, when the lines had time to arrive: each address's value, or
    /// [RouteTrie#MISSING].
    public void match(int[] addresses, int count, int[] values) {
        long base = trie.base();
        int missing = trie.defaultValue();
        int[] each = entries;
        for (int i = 0; i < count; i++) {
            int value = RouteTrie.follow(base, each[i], addresses[i]);
            values[i] = value == RouteTrie.MISSING ? missing : value;
        }
    }
}
