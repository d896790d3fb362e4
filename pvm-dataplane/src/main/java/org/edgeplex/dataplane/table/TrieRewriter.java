package org.edgeplex.dataplane.table;

import java.util.Arrays;
import org.edgeplex.dataplane.packet.Memory;

/// Changes the blocks under an entry of a [RouteTrie]'s root: in place, or as copies that the
/// caller then makes visible ([#commit]) or not ([#undo]).
final class TrieRewriter {
    private static final int CHILD = 1 << 31;
    private static final int SLOTS = 1 << RouteTrie.BLOCK_BITS;

    /// Bits 18, 24 and 30 begin a level.
    private static final int LEVELS = 3;

    private final TrieBlocks blocks;
    private final int[][] slotsOfLevel = new int[LEVELS][SLOTS];
    private final int[] created = new int[LEVELS];
    private final int[] replaced = new int[LEVELS];
    private int createdCount;
    private int replacedCount;
    private boolean failed;

    TrieRewriter(TrieBlocks blocks) {
        this.blocks = blocks;
    }

    /// Replaces in place, under an entry that leads to a block, all leaves of routes not longer
    /// than `length` that the route covers. Runs stay as they are: the route has its own.
    void overwrite(int entry, int depth, int address, int length, int leaf) {
        long block = blocks.address(entry & ~CHILD);
        long runs = Memory.getLong(block);
        int first = firstSlot(depth, address, length);
        int end = first + slotCount(depth, length);
        long at = block + Long.BYTES;
        for (long rest = runs; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            int each = Memory.getInt(at);
            boolean isCovered = slot >= first && slot < end;
            if (isCovered && each < 0) {
                overwrite(each, depth + RouteTrie.BLOCK_BITS, address, length, leaf);
            } else if (isCovered && RouteTrie.lengthOf(each) <= length) {
                Memory.putIntRelease(at, leaf);
            }
            at += Integer.BYTES;
        }
    }

    /// An entry like the given one, with the route in it; allocates what it needs. Blocks that the
    /// route covers whole stay the same: they are for [#overwrite].
    int rewrite(int entry, int depth, int address, int length, int leaf) {
        if (length <= depth) {
            return entry >= 0 && RouteTrie.lengthOf(entry) <= length ? leaf : entry;
        }
        int[] slots = slotsOfLevel[(depth - RouteTrie.ROOT_BITS) / RouteTrie.BLOCK_BITS];
        expand(entry, slots);
        int first = firstSlot(depth, address, length);
        int below = depth + RouteTrie.BLOCK_BITS;
        for (int slot = first; slot < first + slotCount(depth, length); slot++) {
            slots[slot] = rewrite(slots[slot], below, address, length, leaf);
        }
        return compress(slots, depth);
    }

    /// Puts leaves in place of the blocks on a removed route's path that hold nothing else.
    void collapse(long at, int depth, int address, int length) {
        int entry = Memory.getInt(at);
        if (entry >= 0) {
            return;
        }
        long block = blocks.address(entry & ~CHILD);
        long runs = Memory.getLong(block);
        int below = depth + RouteTrie.BLOCK_BITS;
        if (length > below) {
            int run = Long.bitCount(runs << ~firstSlot(depth, address, length));
            long next = block + Long.BYTES + (run - 1L) * Integer.BYTES;
            collapse(next, below, address, length);
        }
        int first = Memory.getInt(block + Long.BYTES);
        boolean isAlike = first >= 0 && RouteTrie.lengthOf(first) <= depth;
        for (int run = 1; run < Long.bitCount(runs) && isAlike; run++) {
            isAlike = Memory.getInt(block + Long.BYTES + (long) run * Integer.BYTES) == first;
        }
        if (isAlike) {
            Memory.putIntRelease(at, first);
            blocks.retire(entry & ~CHILD, TrieBlocks.lines(Long.bitCount(runs)));
        }
    }

    private static int firstSlot(int depth, int address, int length) {
        return length <= depth ? 0 : address << depth >>> Integer.SIZE - RouteTrie.BLOCK_BITS;
    }

    /// How many slots of a block the route covers, at least the one that it is in.
    private static int slotCount(int depth, int length) {
        int bits = depth + RouteTrie.BLOCK_BITS - length;
        return 1 << Math.clamp(bits, 0, RouteTrie.BLOCK_BITS);
    }

    private void expand(int entry, int[] slots) {
        if (entry >= 0) {
            Arrays.fill(slots, entry);
            return;
        }
        replaced[replacedCount++] = entry & ~CHILD;
        long block = blocks.address(entry & ~CHILD);
        long runs = Memory.getLong(block);
        long at = block + Long.BYTES - Integer.BYTES;
        for (int slot = 0; slot < SLOTS; slot++) {
            at += (runs >>> slot & 1) << 2;
            slots[slot] = Memory.getInt(at);
        }
    }

    /// A block with these slots, or the leaf that they all are.
    private int compress(int[] slots, int depth) {
        long runs = 1;
        for (int slot = 1; slot < SLOTS; slot++) {
            if (slots[slot] != slots[slot - 1] || beginsRoute(slots[slot], slot, depth)) {
                runs |= 1L << slot;
            }
        }
        if (runs == 1 && slots[0] >= 0) {
            return slots[0];
        }
        int block = blocks.allocate(TrieBlocks.lines(Long.bitCount(runs)));
        if (block == TrieBlocks.NONE) {
            failed = true;
            return slots[0];
        }
        created[createdCount++] = block;
        long at = blocks.address(block);
        Memory.putLong(at, runs);
        at += Long.BYTES;
        for (long rest = runs; rest != 0; rest &= rest - 1) {
            Memory.putInt(at, slots[Long.numberOfTrailingZeros(rest)]);
            at += Integer.BYTES;
        }
        return CHILD | block;
    }

    /// True where a route starts that is neighbour to one of the same length and value.
    private static boolean beginsRoute(int entry, int slot, int depth) {
        int length = entry < 0 ? 0 : RouteTrie.lengthOf(entry);
        return length > depth && (slot & slotCount(depth, length) - 1) == 0;
    }

    boolean hasFailed() {
        return failed;
    }

    /// The copies are linked: what they replace goes when no reader is left in it.
    void commit() {
        for (int i = 0; i < replacedCount; i++) {
            blocks.retire(replaced[i], linesOf(replaced[i]));
        }
        clear();
    }

    /// The copies were never seen.
    void undo() {
        for (int i = 0; i < createdCount; i++) {
            blocks.free(created[i], linesOf(created[i]));
        }
        clear();
    }

    private void clear() {
        createdCount = 0;
        replacedCount = 0;
        failed = false;
    }

    private int linesOf(int block) {
        return TrieBlocks.lines(Long.bitCount(Memory.getLong(blocks.address(block))));
    }
}
