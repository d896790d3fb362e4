package org.edgeplex.telemetry;

import java.util.List;

/// What a counters file held when it was read.
///
/// @param hasEnded whether its process has said that it ended; one that was killed has not
/// @param blocks by name, in the order of the file
public record CountersSnapshot(CountersSource source, boolean hasEnded, List<Block> blocks) {
    public CountersSnapshot {
        blocks = List.copyOf(blocks);
    }

    /// A table of values.
    public record Block(String name, List<String> columns, List<Row> rows) {
        public Block {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        /// The row's value, 0 in a file that has no such column.
        public long value(Row row, String column) {
            int index = columns.indexOf(column);
            return index < 0 ? 0 : row.values.get(index);
        }
    }

    /// The values of one thing.
    ///
    /// @param name empty where rows have keys
    /// @param key empty where rows have names
    public record Row(String name, List<Integer> key, List<Long> values) {
        public Row {
            key = List.copyOf(key);
            values = List.copyOf(values);
        }
    }

    /// A block by its name, without rows in a file that has none.
    public Block block(String name) {
        return blocks.stream()
                .filter(block -> block.name.equals(name))
                .findFirst()
                .orElse(new Block(name, List.of(), List.of()));
    }

    /// Whether somebody counts on.
    public boolean isLive() {
        return whyNotLive().isEmpty();
    }

    /// What became of its process, empty while that counts on.
    String whyNotLive() {
        if (hasEnded) {
            return "ended";
        }
        return source.isRunning() ? "" : "gone without a word";
    }
}
