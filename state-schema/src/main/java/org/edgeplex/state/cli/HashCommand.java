package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.dump.StateHash;
import org.edgeplex.state.dump.StoreScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "hash",
        description = {
            "Prints a hash of all tables, keys and values: the same state has the same one in every"
                    + " engine.",
            "With --json also one of each table that holds something."
        },
        footer = {"", "  edgeplex state hash --store lmdb:/var/lib/edgeplex/state"},
        mixinStandardHelpOptions = true)
final class HashCommand implements Callable<Integer> {
    @Mixin private final StoreReader reader = new StoreReader();

    @Override
    public Integer call() {
        return reader.run(this::hash);
    }

    private int hash(StateStore store) {
        StateHash all = new StateHash();
        StoreScan scan = new StoreScan(store, StoreReader.timeout());
        for (TableId table : scan.tables()) {
            StateHash one = scan.hash(table);
            if (reader.isJson() && one.count() > 0) {
                print(table.name(), one);
            }
            all.add(one);
        }
        if (reader.isJson()) {
            print("*", all);
        } else {
            reader.print(all.toString());
        }
        return 0;
    }

    private void print(String table, StateHash hash) {
        reader.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("table", table)
                        .put("records", hash.count())
                        .put("hash", hash.toString())
                        .toString());
    }
}
