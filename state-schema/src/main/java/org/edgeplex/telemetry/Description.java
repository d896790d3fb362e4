package org.edgeplex.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text in a counters file that says who counts, which blocks it has and where (see the
/// package).
///
/// @param name of the source
record Description(String name, List<CountersLayout.Place> places) {
    private static final Pattern NAME = Pattern.compile("name ([ -~]{0,255})");

    private static final Pattern BLOCK =
            Pattern.compile(
                    "block ([a-z0-9_]{1,64}) columns ([a-z0-9_,]{1,4096})"
                            + " rows ([0-9]{1,5}) keys ([0-9]{1,8}) recent ([0-9]{1,8})"
                            + " values ([0-9]{1,8})");

    private static final Pattern ROW = Pattern.compile("row ([a-z0-9_]{1,64})");

    String text() {
        StringBuilder text = new StringBuilder("name ").append(name).append('\n');
        for (CountersLayout.Place place : places) {
            CountersLayout.Block block = place.block();
            text.append("block ")
                    .append(block.name())
                    .append(" columns ")
                    .append(String.join(",", block.columns()))
                    .append(" rows ")
                    .append(block.rowCount())
                    .append(" keys ")
                    .append(place.keysOffset())
                    .append(" recent ")
                    .append(place.recentOffset())
                    .append(" values ")
                    .append(place.valuesOffset())
                    .append('\n');
            if (block instanceof CountersLayout.Block.Named named) {
                named.rows().forEach(row -> text.append("row ").append(row).append('\n'));
            }
        }
        return text.toString();
    }

    /// @throws CountersFormatException unless all blocks are within the file, aligned, and together
    ///   no larger: a reader needs memory for each value
    static Description parse(String text, long fileBytes) throws CountersFormatException {
        List<String> lines = text.lines().toList();
        Matcher name = NAME.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!name.matches()) {
            throw damaged();
        }
        List<CountersLayout.Place> places = new ArrayList<>();
        long bytes = 0;
        int next = 1;
        while (next < lines.size()) {
            Matcher matcher = BLOCK.matcher(lines.get(next++));
            if (!matcher.matches() || places.size() == CountersLayout.BLOCKS_MAX) {
                throw damaged();
            }
            List<String> columns = List.of(matcher.group(2).split(",", -1));
            int rowCount = Integer.parseInt(matcher.group(3));
            long keys = Long.parseLong(matcher.group(4));
            long recent = Long.parseLong(matcher.group(5));
            long values = Long.parseLong(matcher.group(6));
            CountersLayout.Block block;
            if (keys == 0) {
                List<String> rows = rows(lines, next, rowCount);
                next += rowCount;
                block = named(matcher.group(1), columns, rows);
            } else {
                block = keyed(matcher.group(1), columns, rowCount);
            }
            CountersLayout.Place place = new CountersLayout.Place(block, keys, recent, values);
            bytes += place.keysBytes() + place.recentBytes() + place.valuesBytes();
            if (!isWithin(place, fileBytes) || bytes > fileBytes) {
                throw damaged();
            }
            places.add(place);
        }
        return new Description(name.group(1), places);
    }

    private static List<String> rows(List<String> lines, int from, int count)
            throws CountersFormatException {
        if (count > lines.size() - from) {
            throw damaged();
        }
        List<String> rows = new ArrayList<>();
        for (String line : lines.subList(from, from + count)) {
            Matcher matcher = ROW.matcher(line);
            if (!matcher.matches()) {
                throw damaged();
            }
            rows.add(matcher.group(1));
        }
        return rows;
    }

    private static CountersLayout.Block named(String name, List<String> columns, List<String> rows)
            throws CountersFormatException {
        try {
            return new CountersLayout.Block.Named(name, columns, rows);
        } catch (IllegalArgumentException _) {
            throw damaged();
        }
    }

    private static CountersLayout.Block keyed(String name, List<String> columns, int rowCount)
            throws CountersFormatException {
        try {
            if (!columns.equals(CountersLayout.TRAFFIC)) {
                throw damaged();
            }
            return new CountersLayout.Block.Keyed(name, rowCount);
        } catch (IllegalArgumentException _) {
            throw damaged();
        }
    }

    private static boolean isWithin(CountersLayout.Place place, long fileBytes) {
        return place.keysOffset() % Long.BYTES == 0
                && place.recentOffset() % Long.BYTES == 0
                && place.valuesOffset() % Long.BYTES == 0
                && (place.keysOffset() == 0) == (place.recentOffset() == 0)
                && place.keysOffset() + place.keysBytes() <= fileBytes
                && place.recentOffset() + place.recentBytes() <= fileBytes
                && place.valuesOffset() + place.valuesBytes() <= fileBytes;
    }

    private static CountersFormatException damaged() {
        return new CountersFormatException("has a damaged description");
    }
}
