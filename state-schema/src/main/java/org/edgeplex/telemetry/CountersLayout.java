package org.edgeplex.telemetry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a counters file holds: its blocks in order, and where each one is.
public final class CountersLayout {
    static final int COLUMNS_MAX = 64;
    static final int ROWS_MAX = 1 << 16;
    static final int BLOCKS_MAX = 32;

    /// The columns of rows with keys.
    static final List<String> TRAFFIC = List.of("packets", "bytes");

    /// A key: its sequence number and three words.
    static final int KEY_BYTES = 16;

    static final int CACHE_LINE_BYTES = 64;

    private final List<Block> blocks;

    /// A table of 64-bit values.
    public sealed interface Block {
        String name();

        List<String> columns();

        int rowCount();

        /// The rows are what they are called.
        record Named(String name, List<String> columns, List<String> rows) implements Block {
            public Named {
                columns = names(columns, COLUMNS_MAX);
                rows = names(rows, ROWS_MAX);
                requireName(name);
            }

            @Override
            public int rowCount() {
                return rows.size();
            }
        }

        /// Packets and bytes; the rows get their keys while the process runs.
        record Keyed(String name, int rowCount) implements Block {
            public Keyed {
                requireName(name);
                if (rowCount < 1 || rowCount > ROWS_MAX) {
                    throw new IllegalArgumentException("rows out of range: " + rowCount);
                }
            }

            @Override
            public List<String> columns() {
                return TRAFFIC;
            }
        }
    }

    /// Where a block is in the file.
    ///
    /// @param keysOffset 0 where the rows have names
    /// @param recentOffset the same
    record Place(Block block, long keysOffset, long recentOffset, long valuesOffset) {
        long rowBytes() {
            return (long) block.columns().size() * Long.BYTES;
        }

        long keysBytes() {
            return keysOffset == 0 ? 0 : (long) block.rowCount() * KEY_BYTES;
        }

        long recentBytes() {
            return recentOffset == 0 ? 0 : (long) block.rowCount() * Long.BYTES;
        }

        long valuesBytes() {
            return rowBytes() * block.rowCount();
        }
    }

    public CountersLayout(Block... blocks) {
        this.blocks = List.of(blocks);
        names(this.blocks.stream().map(Block::name).toList(), BLOCKS_MAX);
    }

    /// The blocks' places, the first one at the first cache line from an offset on.
    List<Place> placesFrom(long offset) {
        List<Place> places = new ArrayList<>();
        long next = aligned(offset);
        for (Block block : blocks) {
            long keys = 0;
            long recent = 0;
            if (block instanceof Block.Keyed) {
                keys = next;
                recent = keys + aligned((long) block.rowCount() * KEY_BYTES);
                next = recent + aligned((long) block.rowCount() * Long.BYTES);
            }
            Place place = new Place(block, keys, recent, next);
            places.add(place);
            next += aligned(place.valuesBytes());
        }
        return places;
    }

    static long end(List<Place> places) {
        Place last = places.getLast();
        return last.valuesOffset + aligned(last.valuesBytes());
    }

    private static long aligned(long bytes) {
        return bytes + CACHE_LINE_BYTES - 1 & -CACHE_LINE_BYTES;
    }

    /// Copies a list of different names.
    ///
    /// @throws IllegalArgumentException if it is not one
    static List<String> names(List<String> names, int countMax) {
        if (names.isEmpty() || names.size() > countMax) {
            throw new IllegalArgumentException("names out of range 1.." + countMax);
        }
        Set<String> different = new HashSet<>();
        for (String name : names) {
            requireName(name);
            if (!different.add(name)) {
                throw new IllegalArgumentException("twice: " + name);
            }
        }
        return List.copyOf(names);
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
            throw new IllegalArgumentException("not a name");
        }
    }
}
