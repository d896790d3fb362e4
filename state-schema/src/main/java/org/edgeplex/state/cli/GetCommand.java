package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Shows one record.",
        footer = {"", "  edgeplex state get vrf_routes 3/10.1.0.0/24 --json"},
        mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(index = "0", paramLabel = "TABLE", completionCandidates = TableNames.class)
    private String tableName = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "as ls prints it")
    private String keyText = "";

    @Override
    public Integer call() {
        return get(reader.table(tableName));
    }

    private <K, V> int get(Table<K, V> table) {
        KeyText<K> form = KeyText.ofTable(table);
        Bytes key;
        try {
            key = table.keys().encode(form.parse(keyText));
        } catch (IllegalArgumentException e) {
            throw reader.usage(
                    "\"%s\" is no key of table %s, which looks like %s: %s"
                            .formatted(keyText, table, form.form(), e.getMessage()));
        }
        return reader.run(store -> print(store, table, key));
    }

    private <K, V> int print(StateStore store, Table<K, V> table, Bytes key) {
        return switch (store.get(table.id(), key, StoreReader.timeout()).join()) {
            case Lookup.Absent() -> {
                reader.complain(new StoreException("table " + table + " has no record " + keyText));
                yield 1;
            }
            case Lookup.Found(Bytes value, long version) -> {
                JsonNode record = RecordTree.of(table.decode(key, value));
                if (reader.isJson()) {
                    reader.print(RecordTree.line(table, keyText, version, record));
                } else {
                    RecordTree.object(record)
                            .properties()
                            .forEach(field ->
                                    reader.print(
                                            field.getKey()
                                                    + ": "
                                                    + RecordTree.text(field.getValue())));
                }
                yield 0;
            }
        };
    }
}
