package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.dump.StoreScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stats",
        description = "Counts and sizes of all tables, and what the engine says of itself.",
        footer = {
            "",
            "Octets are those of keys and records; what an engine adds to each is in SCHEMA.md.",
            "",
            "  edgeplex state stats"
        },
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    private static final List<String> HEADER =
            List.of("TABLE", "RECORDS", "KEY OCTETS", "OCTETS", "A RECORD", "LARGEST");

    @Mixin private final StoreReader reader = new StoreReader();

    private static final class Sizes {
        private long records;
        private long keyBytes;
        private long valueBytes;
        private int largestBytes;

        void add(ScanPage.Entry entry) {
            records++;
            keyBytes += entry.key().length();
            valueBytes += entry.value().length();
            largestBytes = Math.max(largestBytes, entry.key().length() + entry.value().length());
        }

        void add(Sizes other) {
            records += other.records;
            keyBytes += other.keyBytes;
            valueBytes += other.valueBytes;
            largestBytes = Math.max(largestBytes, other.largestBytes);
        }

        double bytesPerRecord() {
            return records == 0 ? 0 : (keyBytes + valueBytes) / (double) records;
        }
    }

    @Override
    public Integer call() {
        return reader.run(this::show);
    }

    private int show(StateStore store) {
        TextTable text = new TextTable(HEADER);
        StoreScan scan = new StoreScan(store, StoreReader.timeout());
        Sizes all = new Sizes();
        for (TableId table : scan.tables()) {
            Sizes sizes = new Sizes();
            scan.forEach(table, sizes::add);
            all.add(sizes);
            show(text, table.name(), sizes);
        }
        show(text, "*", all);
        text.lines().forEach(reader::print);
        Map<String, Long> figures = store.figures(StoreReader.timeout()).join();
        if (reader.isJson()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            figures.forEach(line.putObject("engine")::put);
            reader.print(line.toString());
        } else {
            figures.forEach((name, value) -> reader.print(name + ": " + value));
        }
        return 0;
    }

    private void show(TextTable text, String table, Sizes sizes) {
        if (reader.isJson()) {
            reader.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("table", table)
                            .put("records", sizes.records)
                            .put("keyBytes", sizes.keyBytes)
                            .put("valueBytes", sizes.valueBytes)
                            .put("bytesPerRecord", sizes.bytesPerRecord())
                            .put("largestBytes", sizes.largestBytes)
                            .toString());
        } else {
            Stream<Number> numbers =
                    Stream.of(sizes.records, sizes.keyBytes, sizes.keyBytes + sizes.valueBytes);
            text.row(
                    Stream.of(
                                    Stream.of(table),
                                    numbers.map(Object::toString),
                                    Stream.of(
                                            String.format(
                                                    Locale.ROOT, "%.1f", sizes.bytesPerRecord()),
                                            Integer.toString(sizes.largestBytes)))
                            .flatMap(cells -> cells)
                            .toList());
        }
    }
}
