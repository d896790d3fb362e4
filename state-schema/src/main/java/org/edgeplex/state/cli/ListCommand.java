package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        description = "Lists the tables, or the records of one.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(index = "0", arity = "0..1", paramLabel = "TABLE", description = "default: all")
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
        for (Table<?, ?> table : Tables.all()) {
            AtomicInteger records = new AtomicInteger();
            StoreReader.scan(store, table, _ -> records.incrementAndGet());
            if (reader.isJson()) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("table", table.id().name())
                        .put("records", records.get())
                        .put("writer", table.writer());
                reader.print(line.toString());
            } else {
                text.row(List.of(table.id().name(), records.toString(), table.writer()));
            }
        }
        text.lines().forEach(reader::print);
        return 0;
    }

    /// A damaged record is complained of; the others are listed all the same.
    private <K, V> int listRecords(StateStore store, Table<K, V> table) {
        AtomicInteger damaged = new AtomicInteger();
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        StoreReader.scan(
                store,
                table,
                entry -> {
                    try {
                        listRecord(table, entry, rows);
                    } catch (DamagedRecordException e) {
                        damaged.incrementAndGet();
                        reader.complain(e);
                    }
                });
        if (!reader.isJson()) {
            printTable(rows);
        }
        return damaged.get() == 0 ? 0 : 1;
    }

    private <K, V> void listRecord(
            Table<K, V> table, ScanPage.Entry entry, Map<String, ObjectNode> rows) {
        String key = KeyText.of(table.decodeKey(entry.key()));
        if (!key.startsWith(prefix)) {
            return;
        }
        JsonNode record = RecordTree.of(table.decode(entry.key(), entry.value()));
        if (reader.isJson()) {
            reader.print(RecordTree.line(table, key, entry.version(), record));
        } else {
            rows.put(key, RecordTree.object(record));
        }
    }

    private void printTable(Map<String, ObjectNode> rows) {
        List<String> columns = new ArrayList<>(List.of("key"));
        for (ObjectNode row : rows.values()) {
            row.fieldNames()
                    .forEachRemaining(name -> {
                        if (!columns.contains(name)) {
                            columns.add(name);
                        }
                    });
        }
        TextTable text = new TextTable(columns);
        rows.forEach((key, row) -> {
            List<String> cells = new ArrayList<>(List.of(key));
            for (String column : columns.subList(1, columns.size())) {
                cells.add(RecordTree.text(row.path(column)));
            }
            text.row(cells);
        });
        text.lines().forEach(reader::print);
    }
}
