package org.edgeplex.controller.show;

import java.util.ArrayList;
import java.util.List;

/// Columns for people: names to the left, numbers to the right.
final class CountersTable {
    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    CountersTable(List<String> header) {
        row(header);
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
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
        StringBuilder line = new StringBuilder(INDENT);
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            int space = widths[column] - cell.length();
            if (column == 0) {
                line.append(cell).repeat(' ', space);
            } else {
                line.append(GAP).repeat(' ', space).append(cell);
            }
        }
        return line.toString();
    }
}
