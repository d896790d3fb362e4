package org.edgeplex.state.cli;

import java.util.concurrent.Callable;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "scan",
        description = {
            "Streams the records of a table, one JSON object a line, as the store returns them.",
            "A damaged record is named on standard error, and the status is 1."
        },
        footer = {
            "",
            "Unlike ls it keeps nothing in memory and sorts nothing: for tables of any size.",
            "",
            "  edgeplex state scan vrf_routes",
            "  edgeplex state scan customer_routes 7/ | jq -r .key"
        },
        mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {
    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(index = "0", paramLabel = "TABLE", completionCandidates = TableNames.class)
    private String tableName = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "only keys whose text begins so, such as 7/")
    private String prefix = "";

    @Override
    public Integer call() {
        Table<?, ?> table = reader.table(tableName);
        return reader.run(store -> scan(store, table));
    }

    private <K, V> int scan(StateStore store, Table<K, V> table) {
        boolean whole =
                new RecordStream<>(reader, store, table, prefix)
                        .forEach(row -> reader.print(row.line(table)));
        return whole ? 0 : 1;
    }
}
