package org.edgeplex.state.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns for people, as wide as they must be.
final class TextTable {
    /// A longer cell is cut: `get` and `--json` show all of it.
    private static final int CELL_MAX = 60;

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> header) {
        row(header);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(TextTable::cut).toList());
    }

    /// Nothing when there is only the header.
    List<String> lines() {
        if (rows.size() == 1) {
            return List.of();
        }
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - cell.length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell) {
        String oneLine = cell.replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() <= CELL_MAX ? oneLine : oneLine.substring(0, CELL_MAX - 1) + "…";
    }
}
