package org.edgeplex.dataplane.table;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.net.Ipv4Prefix;

/// Longest-prefix match for IPv4: a trie of strides 16, 8, 8, so one to three memory accesses.
///
/// ```
/// entry, 32 bits:  | 1 | block number            |   go on in this block of 256 entries
///                  | 0 | length+1 (6) | value (25) |   0 = no route
/// ```
///
/// An entry carries the length of the route that filled it: a longer route overwrites a shorter one
/// and not the reverse. The exact routes are kept in a [PrefixMap], to find what a removed route
/// had covered.
public final class RouteTrie {
    /// What [#lookup] returns where no route is.
    public static final int MISSING = -1;

    public static final int VALUE_MAX = (1 << 25) - 1;

    private static final int ROOT_BITS = 16;
    private static final int ROOT_ENTRIES = 1 << ROOT_BITS;
    private static final int BLOCK_BITS = 8;
    private static final int BLOCK_ENTRIES = 1 << BLOCK_BITS;
    private static final int CHILD = 1 << 31;
    private static final int LENGTH_SHIFT = 25;
    private static final int LENGTHS = 33;

    private final long root;
    private final long blocks;
    private final int[] freeBlocks;
    private int freeBlockCount;
    private final PrefixMap routes;
    private final int[] routesOfLength = new int[LENGTHS];

    /// A trie without routes.
    ///
    /// @param routesMax how many routes fit
    /// @param blocksMax how many blocks of 1 KB routes longer than /16 may spread over
    public RouteTrie(Arena arena, int routesMax, int blocksMax) {
        root = arena.allocate((long) ROOT_ENTRIES * Integer.BYTES, 64).address();
        blocks = arena.allocate((long) blocksMax * BLOCK_ENTRIES * Integer.BYTES, 64).address();
        freeBlocks = new int[blocksMax];
        for (int block = blocksMax - 1; block >= 0; block--) {
            freeBlocks[freeBlockCount++] = block;
        }
        routes = new PrefixMap(routesMax);
    }

    public int size() {
        return routes.size();
    }

    /// Blocks in use, for reports.
    public int blocksUsed() {
        return freeBlocks.length - freeBlockCount;
    }

    /// The value of the longest prefix that contains the address, or [#MISSING].
    public int lookup(int address) {
        int entry = Memory.getInt(root + ((long) (address >>> ROOT_BITS) << 2));
        if (entry < 0) {
            entry = Memory.getInt(block(entry) + ((address >>> BLOCK_BITS & 0xff) << 2));
            if (entry < 0) {
                entry = Memory.getInt(block(entry) + ((address & 0xff) << 2));
            }
        }
        return entry == 0 ? MISSING : entry & VALUE_MAX;
    }

    public TableOutcome put(Ipv4Prefix prefix, int value) {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException("value out of range 0.." + VALUE_MAX + ": " + value);
        }
        int address = prefix.address().bits();
        int length = prefix.length();
        boolean isKnown = routes.contains(address, length);
        if (!isKnown && (routes.isFull() || blocksNeeded(address, length) > freeBlockCount)) {
            return TableOutcome.FULL;
        }
        routes.put(address, length, value);
        if (!isKnown) {
            routesOfLength[length]++;
        }
        fill(address, length, length, leaf(length, value));
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
        fill(address, length, length, coveringLeaf(address, length));
        return true;
    }

    /// The entry of the longest route that covers this one, 0 if none does.
    private int coveringLeaf(int address, int length) {
        for (int shorter = length - 1; shorter >= 0; shorter--) {
            int masked = address & Ipv4Prefix.mask(shorter);
            int value =
                    routesOfLength[shorter] == 0 ? MISSING : routes.get(masked, shorter, MISSING);
            if (value != MISSING) {
                return leaf(shorter, value);
            }
        }
        return 0;
    }

    private int blocksNeeded(int address, int length) {
        if (length <= ROOT_BITS) {
            return 0;
        }
        int entry = Memory.getInt(root + ((long) (address >>> ROOT_BITS) << 2));
        if (entry >= 0) {
            return length <= ROOT_BITS + BLOCK_BITS ? 1 : 2;
        }
        int second = Memory.getInt(block(entry) + ((address >>> BLOCK_BITS & 0xff) << 2));
        return length <= ROOT_BITS + BLOCK_BITS || second < 0 ? 0 : 1;
    }

    /// Writes an entry over everything that the prefix covers and that no longer route owns.
    private void fill(int address, int length, int owner, int leaf) {
        if (length <= ROOT_BITS) {
            long first = root + ((long) (address >>> ROOT_BITS) << 2);
            fillRange(first, 1 << (ROOT_BITS - length), owner, leaf);
            return;
        }
        long rootEntry = root + ((long) (address >>> ROOT_BITS) << 2);
        long second = child(rootEntry) + ((address >>> BLOCK_BITS & 0xff) << 2);
        if (length <= ROOT_BITS + BLOCK_BITS) {
            fillRange(second, 1 << (ROOT_BITS + BLOCK_BITS - length), owner, leaf);
        } else {
            long third = child(second) + ((address & 0xff) << 2);
            fillRange(third, 1 << (Ipv4Prefix.LENGTH_MAX - length), owner, leaf);
            collapse(second, ROOT_BITS + BLOCK_BITS);
        }
        collapse(rootEntry, ROOT_BITS);
    }

    private void fillRange(long first, int count, int owner, int leaf) {
        for (long at = first; at < first + (long) count * Integer.BYTES; at += Integer.BYTES) {
            int entry = Memory.getInt(at);
            if (entry < 0) {
                fillRange(block(entry), BLOCK_ENTRIES, owner, leaf);
            } else if (lengthOf(entry) <= owner) {
                Memory.putInt(at, leaf);
            }
        }
    }

    /// The block under an entry; a new one starts as copies of the entry.
    private long child(long at) {
        int entry = Memory.getInt(at);
        if (entry < 0) {
            return block(entry);
        }
        int number = freeBlocks[--freeBlockCount];
        long block = block(number);
        for (int i = 0; i < BLOCK_ENTRIES; i++) {
            Memory.putInt(block + ((long) i << 2), entry);
        }
        Memory.putInt(at, CHILD | number);
        return block;
    }

    /// Gives a block back when no route longer than its parent's level is left in it.
    private void collapse(long at, int levelBits) {
        int entry = Memory.getInt(at);
        if (entry >= 0) {
            return;
        }
        long block = block(entry);
        int first = Memory.getInt(block);
        for (int i = 0; i < BLOCK_ENTRIES; i++) {
            int each = Memory.getInt(block + ((long) i << 2));
            if (each < 0 || lengthOf(each) > levelBits) {
                return;
            }
        }
        Memory.putInt(at, first);
        freeBlocks[freeBlockCount++] = entry & ~CHILD;
    }

    private long block(int entry) {
        return blocks + ((long) (entry & ~CHILD) << (BLOCK_BITS + 2));
    }

    private static int leaf(int length, int value) {
        return (length + 1) << LENGTH_SHIFT | value;
    }

    /// -1 for an entry without a route.
    private static int lengthOf(int entry) {
        return (entry >>> LENGTH_SHIFT) - 1;
    }
}
