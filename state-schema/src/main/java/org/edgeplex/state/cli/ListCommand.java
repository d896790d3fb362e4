package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.dump.StoreScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        description = "Lists the tables, or the records of one in the order of their keys.",
        footer = {
            "",
            "For tables that fit on a screen; scan is for the others.",
            "",
            "  edgeplex state ls",
            "  edgeplex state ls customer_routes 7/"
        },
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    /// Of a newer release, or of something else.
    private static final String FOREIGN = "(not in this release's catalogue)";

    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TABLE",
            description = "default: all",
            completionCandidates = TableNames.class)
    private String tableName = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "only keys whose text begins so, such as 7/")
    private String prefix = "";

    @Override
    public Integer call() {
        if (tableName.isEmpty()) {
            return reader.run(this::listTables);
        }
        Table<?, ?> table = reader.table(tableName);
        return reader.run(store -> listRecords(store, table));
    }

    private int listTables(StateStore store) {
        TextTable text = new TextTable(List.of("TABLE", "RECORDS", "WRITER"));
        StoreScan scan = new StoreScan(store, StoreReader.timeout());
        for (TableId id : scan.tables()) {
            Optional<Table<?, ?>> table = Tables.named(id.name());
            long records = 0;
            for (var page : scan.pages(id)) {
                records += page.size();
            }
            if (reader.isJson()) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("table", id.name())
                        .put("records", records)
                        .put("isInCatalogue", table.isPresent())
                        .put("writer", table.map(Table::writer).orElse(""));
                reader.print(line.toString());
            } else {
                String writer = table.map(Table::writer).orElse(FOREIGN);
                text.row(List.of(id.name(), Long.toString(records), writer));
            }
        }
        text.lines().forEach(reader::print);
        return 0;
    }

    private <K, V> int listRecords(StateStore store, Table<K, V> table) {
        List<RecordStream.Row> rows = new ArrayList<>();
        boolean whole = new RecordStream<>(reader, store, table, prefix).forEach(rows::add);
        rows.sort(Comparator.comparing(RecordStream.Row::bytes));
        if (reader.isJson()) {
            rows.forEach(row -> reader.print(row.line(table)));
        } else {
            printTable(rows);
        }
        return whole ? 0 : 1;
    }

    private void printTable(List<RecordStream.Row> rows) {
        List<String> columns = new ArrayList<>(List.of("key"));
        for (RecordStream.Row row : rows) {
            RecordTree.object(row.record())
                    .fieldNames()
                    .forEachRemaining(name -> {
                        if (!columns.contains(name)) {
                            columns.add(name);
                        }
                    });
        }
        TextTable text = new TextTable(columns);
        for (RecordStream.Row row : rows) {
            ObjectNode record = RecordTree.object(row.record());
            List<String> cells = new ArrayList<>(List.of(row.key()));
            for (String column : columns.subList(1, columns.size())) {
                cells.add(RecordTree.text(record.path(column)));
            }
            text.row(cells);
        }
        text.lines().forEach(reader::print);
    }
}
