package org.edgeplex.dataplane.table;

import org.edgeplex.dataplane.packet.Memory;

/// Looks addresses up in a [RouteTrie] many at a time, in stages, so that the cache misses of
/// different addresses overlap: [#locate], a prefetch of [LookupVector#lines] by the caller,
/// [#descend], another prefetch of them if that says so, [#match]. In a wide block, the entry is
/// seldom in the line of the runs.
///
/// One for each reading thread; what the first stage found holds until the thread's next word to
/// the [Grace].
public final class RouteBurst {
    private final RouteTrie trie;
    private boolean isWide;

    public RouteBurst(RouteTrie trie) {
        this.trie = trie;
    }

    /// The first stage, for some of the addresses: the root's entries, and the lines that they lead
    /// to.
    public void locate(LookupVector lookups, int from, int to) {
        long root = trie.root();
        long base = trie.base();
        int kinds = 0;
        long end = lookups.record(to);
        for (long record = lookups.record(from);
                record != end;
                record += LookupVector.RECORD_BYTES) {
            int entry = RouteTrie.first(root, LookupVector.key(record));
            LookupVector.setState(record, entry);
            kinds |= entry & ~entry << 1;
            // A leaf needs no line: any that is there already.
            LookupVector.setLine(record, entry < 0 ? RouteTrie.line(base, entry) : record);
        }
        isWide = kinds < 0 || from != 0 && isWide;
    }

    /// The second stage: within each wide block, the entry. False if there is no such block, and so
    /// nothing new to ask for.
    public boolean descend(LookupVector lookups, int count) {
        if (!isWide) {
            return false;
        }
        long end = lookups.record(count);
        for (long record = lookups.record(0); record != end; record += LookupVector.RECORD_BYTES) {
            int entry = LookupVector.state(record);
            if (entry < 0 && !RouteTrie.isNarrow(entry)) {
                int bits = LookupVector.key(record) << RouteTrie.ROOT_BITS;
                long at = RouteTrie.entryIn(LookupVector.line(record), bits);
                LookupVector.setLine(record, at);
            }
        }
        return true;
    }

    /// The last stage, when the lines had time to arrive: each address's value, or
    /// [RouteTrie#MISSING].
    public void match(LookupVector lookups, int count) {
        long base = trie.base();
        int missing = trie.defaultValue();
        long end = lookups.record(count);
        for (long record = lookups.record(0); record != end; record += LookupVector.RECORD_BYTES) {
            int entry = LookupVector.state(record);
            int rest = LookupVector.key(record) << RouteTrie.ROOT_BITS;
            long at = LookupVector.line(record);
            int value;
            if (entry < 0 && RouteTrie.isNarrow(entry)) {
                value = RouteTrie.valueIn(at, rest);
            } else if (entry < 0) {
                int next = Memory.getInt(at);
                value = RouteTrie.follow(base, next, rest << RouteTrie.BLOCK_BITS);
            } else {
                value = RouteTrie.follow(base, entry, rest);
            }
            LookupVector.setValue(record, value == RouteTrie.MISSING ? missing : value);
        }
    }
}
