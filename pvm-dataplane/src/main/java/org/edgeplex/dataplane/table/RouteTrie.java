package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.net.Ipv4Prefix;

/// Longest-prefix match for IPv4: a root of 18 bits, then blocks of 6 bits each.
///
/// ```
/// entry, 32 bits:  | 0 | length+1 (6) | value (25) |   a route's leaf; all ones = no route
///                  | 1 | 1 | line                  |   go on in this narrow block
///                  | 1 | 0 | line                  |   go on in this wide block
/// narrow block:    | runs (64 bits) | value, 16 bits | value | ...      up to 28, all ones = none
/// wide block:      | runs (64 bits) | entry, 32 bits | entry | ...
/// ```
///
/// A block stands for 64 slots and holds one entry for each run of slots that are alike; bit n of
/// `runs` is set where slot n begins a run, so an entry's place is a count of bits. A block that
/// leads to no other one, and has not very many runs, is narrow: one cache line of values, with the
/// lengths, which only the writer wants, kept elsewhere. So a lookup up to /24 costs one line of
/// the root and nearly always one more: a million routes take 1 MB and some 6 MB, a few routes 1
/// MB, of which only the touched part exists.
///
/// **Changes.** An entry carries the length of its route: a longer one overwrites a shorter one and
/// not the reverse. Two routes never share a run. So to change or remove a route only overwrites
/// entries where they are, and always succeeds. A new route longer than the root's bits copies the
/// (at most three) blocks on its path, and appears with the one store of the root's entry.
///
/// **Threads.** One writes; any number read without locks, and tell the [Grace] when they hold
/// nothing. A lookup sees a route whole or not at all.
///
/// The exact routes are kept in a [PrefixMap], to find what a removed route had covered; the
/// default route beside the trie, where changing it is one store.
public final class RouteTrie {
    /// What [#lookup] returns where no route is.
    public static final int MISSING = -1;

    public static final int VALUE_MAX = (1 << Short.SIZE) - 2;

    /// Of an entry that leads to a block.
    static final int CHILD = 1 << 31;

    static final int NARROW = 1 << 30;
    static final int LINE_MASK = NARROW - 1;

    static final int ROOT_BITS = 18;
    static final int BLOCK_BITS = 6;

    private static final long ROOT_BYTES = (long) Integer.BYTES << ROOT_BITS;
    private static final int ROOT_SHIFT = Ipv4Prefix.LENGTH_MAX - ROOT_BITS;
    private static final int VALUE_BITS = 25;
    static final int NO_ROUTE = (1 << VALUE_BITS) - 1;
    private static final int LENGTHS = Ipv4Prefix.LENGTH_MAX + 1;

    private final long root;
    private final TrieBlocks blocks;
    private final TrieRewriter rewriter;
    private final PrefixMap routes;
    private final int[] routesOfLength = new int[LENGTHS];
    private volatile int defaultValue = MISSING;

    /// A trie without routes, whose only reader is its writer.
    public RouteTrie(SegmentAllocator memory, int routesMax, int linesMax) {
        this(memory, routesMax, linesMax, new Grace(memory, 0));
    }

    /// A trie without routes.
    ///
    /// @param routesMax how many routes fit
    /// @param linesMax how many lines of 64 bytes routes longer than /18 may spread over; one to
    ///   five for each /18 in which there are such
    public RouteTrie(SegmentAllocator memory, int routesMax, int linesMax, Grace grace) {
        root = memory.allocate(ROOT_BYTES, 64).address();
        Memory.putInt(root, NO_ROUTE);
        // Doubled, as the interpreter takes its time for so many entries one by one.
        for (long bytes = Integer.BYTES; bytes < ROOT_BYTES; bytes *= 2) {
            Memory.copy(root, root + bytes, bytes);
        }
        blocks = new TrieBlocks(memory, linesMax, grace);
        rewriter = new TrieRewriter(blocks);
        routes = new PrefixMap(routesMax);
    }

    public int size() {
        return routes.size();
    }

    /// Lines of 64 bytes in use, without those of the root.
    public int linesUsed() {
        return blocks.used();
    }

    /// The value of the longest prefix that contains the address, or [#MISSING].
    public int lookup(int address) {
        int value = follow(blocks.base(), first(root, address), address << ROOT_BITS);
        return value == MISSING ? defaultValue : value;
    }

    long root() {
        return root;
    }

    long base() {
        return blocks.base();
    }

    int defaultValue() {
        return defaultValue;
    }

    /// The root's entry for an address.
    static int first(long root, int address) {
        return Memory.getIntConsume(rootEntry(root, address));
    }

    static long rootEntry(long root, int address) {
        return root + ((long) (address >>> ROOT_SHIFT) << 2);
    }

    /// The line that [#follow] would look into first; of no meaning for a leaf.
    static long line(long base, int entry) {
        return base + ((long) (entry & LINE_MASK) << TrieBlocks.LINE_SHIFT);
    }

    static boolean isNarrow(int entry) {
        return (entry & NARROW) != 0;
    }

    /// From an entry to the value, [#MISSING] if there is no route but perhaps the default.
    ///
    /// @param bits the address without those that led to the entry
    static int follow(long base, int from, int bits) {
        int entry = from;
        int rest = bits;
        while (entry < 0) {
            long block = line(base, entry);
            if (isNarrow(entry)) {
                return valueIn(block, rest);
            }
            entry = Memory.getInt(entryIn(block, rest));
            rest <<= BLOCK_BITS;
        }
        return entry << Integer.SIZE - VALUE_BITS >> Integer.SIZE - VALUE_BITS;
    }

    /// The address of a wide block's entry for the address bits that the block is about, which come
    /// first.
    static long entryIn(long block, int bits) {
        return block + Long.BYTES - Integer.BYTES + ((long) runIn(block, bits) << 2);
    }

    /// A narrow block's value for these bits, or [#MISSING].
    static int valueIn(long block, int bits) {
        long at = block + Long.BYTES - Short.BYTES + ((long) runIn(block, bits) << 1);
        return (Memory.getShort(at) + 1 & 0xffff) - 1;
    }

    /// Of the runs up to and including the slot, the last is ours; the first is 1.
    private static int runIn(long block, int bits) {
        int slot = bits >>> Integer.SIZE - BLOCK_BITS;
        return Long.bitCount(Memory.getLong(block) << ~slot);
    }

    public TableOutcome put(Ipv4Prefix prefix, int value) {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException("value out of range 0.." + VALUE_MAX + ": " + value);
        }
        int address = prefix.address().bits();
        int length = prefix.length();
        boolean isKnown = routes.contains(address, length);
        if (!isKnown && routes.isFull()) {
            return TableOutcome.FULL;
        }
        int leaf = leaf(length, value);
        if (length == 0) {
            defaultValue = value;
        } else if (isKnown || length <= ROOT_BITS) {
            overwrite(address, length, leaf);
        } else if (!rewrite(address, length, leaf)) {
            return TableOutcome.FULL;
        }
        routes.put(address, length, value);
        if (!isKnown) {
            routesOfLength[length]++;
        }
        return isKnown ? TableOutcome.REPLACED : TableOutcome.ADDED;
    }

    /// True if the route was there.
    public boolean remove(Ipv4Prefix prefix) {
        int address = prefix.address().bits();
        int length = prefix.length();
        if (!routes.contains(address, length)) {
            return false;
        }
        routes.remove(address, length);
        routesOfLength[length]--;
        if (length == 0) {
            defaultValue = MISSING;
            return true;
        }
        int covering = coveringLeaf(address, length);
        overwrite(address, length, covering);
        // Smaller blocks, if there is room to write them; if not, these serve as well.
        if (length > ROOT_BITS && !rewrite(address, length, covering)) {
            rewriter.collapse(rootEntry(address), ROOT_BITS, address, length);
        }
        return true;
    }

    /// Replaces the entries that the route owns, or would own where it is new in the root.
    private void overwrite(int address, int length, int leaf) {
        long at = rootEntry(address);
        if (length > ROOT_BITS) {
            rewriter.overwrite(Memory.getInt(at), ROOT_BITS, address, length, leaf);
            return;
        }
        long end = at + ((long) Integer.BYTES << ROOT_BITS - length);
        for (; at < end; at += Integer.BYTES) {
            int entry = Memory.getInt(at);
            if (entry < 0) {
                rewriter.overwrite(entry, ROOT_BITS, address, length, leaf);
            } else if (lengthOf(entry) <= length) {
                Memory.putIntRelease(at, leaf);
            }
        }
    }

    /// Copies the blocks on a long route's path; false if there is no room, and nothing happened.
    private boolean rewrite(int address, int length, int leaf) {
        long at = rootEntry(address);
        int before = Memory.getInt(at);
        int after = rewriter.rewrite(before, ROOT_BITS, address, length, leaf);
        if (rewriter.hasFailed()) {
            rewriter.undo();
            return false;
        }
        Memory.putIntRelease(at, after);
        rewriter.commit();
        if (after < 0) {
            rewriter.overwrite(after, ROOT_BITS, address, length, leaf);
        }
        return true;
    }

    private long rootEntry(int address) {
        return rootEntry(root, address);
    }

    /// The entry of the longest route that covers this one, other than the default.
    private int coveringLeaf(int address, int length) {
        for (int shorter = length - 1; shorter > 0; shorter--) {
            int masked = address & Ipv4Prefix.mask(shorter);
            int value =
                    routesOfLength[shorter] == 0 ? MISSING : routes.get(masked, shorter, MISSING);
            if (value != MISSING) {
                return leaf(shorter, value);
            }
        }
        return NO_ROUTE;
    }

    static int leaf(int length, int value) {
        return length + 1 << VALUE_BITS | value;
    }

    /// The value of a leaf, in 16 bits.
    static int shortValue(int leaf) {
        return leaf & 0xffff;
    }

    /// -1 for an entry without a route.
    static int lengthOf(int entry) {
        return (entry >>> VALUE_BITS) - 1;
    }
}
