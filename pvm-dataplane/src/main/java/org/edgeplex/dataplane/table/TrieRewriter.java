package org.edgeplex.dataplane.table;

import java.util.Arrays;
import org.edgeplex.dataplane.packet.Memory;

/// Changes the blocks under an entry of a [RouteTrie]'s root: in place, or as copies that the
/// caller then makes visible ([#commit]) or not ([#undo]).
final class TrieRewriter {
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
        int first = firstSlot(depth, address, length);
        int end = first + slotCount(depth, length);
        int run = 0;
        for (long rest = runs(entry); rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            int each = entryOf(entry, run);
            boolean isCovered = slot >= first && slot < end;
            if (isCovered && each < 0) {
                overwrite(each, depth + RouteTrie.BLOCK_BITS, address, length, leaf);
            } else if (isCovered && RouteTrie.lengthOf(each) <= length) {
                putLeaf(entry, run, leaf);
            }
            run++;
        }
    }

    /// The runs of the block that an entry leads to.
    private long runs(int entry) {
        return Memory.getLong(blocks.address(line(entry)));
    }

    private static int line(int entry) {
        return entry & RouteTrie.LINE_MASK;
    }

    /// What a block has for a run, from 0 on.
    private int entryOf(int entry, int run) {
        return RouteTrie.isNarrow(entry)
                ? blocks.narrowLeaf(line(entry), run)
                : Memory.getInt(wideEntry(line(entry), run));
    }

    private void putLeaf(int entry, int run, int leaf) {
        if (RouteTrie.isNarrow(entry)) {
            blocks.putNarrowLeaf(line(entry), run, leaf);
        } else {
            Memory.putIntRelease(wideEntry(line(entry), run), leaf);
        }
    }

    private long wideEntry(int block, int run) {
        return blocks.address(block) + Long.BYTES + (long) run * Integer.BYTES;
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
        long runs = runs(entry);
        int below = depth + RouteTrie.BLOCK_BITS;
        if (length > below) {
            int run = Long.bitCount(runs << ~firstSlot(depth, address, length)) - 1;
            if (entryOf(entry, run) < 0) {
                collapse(wideEntry(line(entry), run), below, address, length);
            }
        }
        int first = entryOf(entry, 0);
        boolean isAlike = first >= 0 && RouteTrie.lengthOf(first) <= depth;
        for (int run = 1; run < Long.bitCount(runs) && isAlike; run++) {
            isAlike = entryOf(entry, run) == first;
        }
        if (isAlike) {
            Memory.putIntRelease(at, first);
            blocks.retire(line(entry), linesOf(entry));
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
        replaced[replacedCount++] = entry;
        long runs = runs(entry);
        int run = -1;
        for (int slot = 0; slot < SLOTS; slot++) {
            boolean begins = (runs >>> slot & 1) != 0;
            run += begins ? 1 : 0;
            slots[slot] = begins ? entryOf(entry, run) : slots[slot - 1];
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
        int count = Long.bitCount(runs);
        boolean isNarrow = count <= TrieBlocks.NARROW_RUNS_MAX && !leadsOn(slots, runs);
        int block = blocks.allocate(isNarrow ? 1 : TrieBlocks.lines(count));
        if (block == TrieBlocks.NONE) {
            failed = true;
            return slots[0];
        }
        int entry = RouteTrie.CHILD | (isNarrow ? RouteTrie.NARROW : 0) | block;
        created[createdCount++] = entry;
        Memory.putLong(blocks.address(block), runs);
        int run = 0;
        for (long rest = runs; rest != 0; rest &= rest - 1) {
            int each = slots[Long.numberOfTrailingZeros(rest)];
            if (isNarrow) {
                blocks.putNarrowLeaf(block, run, each);
            } else {
                Memory.putInt(wideEntry(block, run), each);
            }
            run++;
        }
        return entry;
    }

    /// True if a run leads to another block.
    private static boolean leadsOn(int[] slots, long runs) {
        boolean leadsOn = false;
        for (long rest = runs; rest != 0; rest &= rest - 1) {
            leadsOn |= slots[Long.numberOfTrailingZeros(rest)] < 0;
        }
        return leadsOn;
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
            blocks.retire(line(replaced[i]), linesOf(replaced[i]));
        }
        clear();
    }

    /// The copies were never seen.
    void undo() {
        for (int i = 0; i < createdCount; i++) {
            blocks.free(line(created[i]), linesOf(created[i]));
        }
        clear();
    }

    private void clear() {
        createdCount = 0;
        replacedCount = 0;
        failed = false;
    }

    private int linesOf(int entry) {
        return RouteTrie.isNarrow(entry) ? 1 : TrieBlocks.lines(Long.bitCount(runs(entry)));
    }
}
