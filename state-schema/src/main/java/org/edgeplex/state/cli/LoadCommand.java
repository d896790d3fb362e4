package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.dump.LoadMode;
import org.edgeplex.state.dump.Loader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = {
            "Loads a dump into a store of any engine, which is made if it is not there.",
            "The file is checked before anything of it is written. End all programs of the store"
                    + " first."
        },
        footer = {
            "",
            "A lease with a later life in the store stays as it is: a load brings back nobody.",
            "If it is interrupted, run it again with --merge.",
            "",
            "  edgeplex state load state.jsonl.gz --store lmdb:/var/lib/edgeplex/state",
            "  edgeplex state load state.jsonl.gz --replace"
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(paramLabel = "FILE", description = "as dump wrote it")
    private Path file = Path.of("");

    @ArgGroup private final NotEmpty notEmpty = new NotEmpty();

    private static final class NotEmpty {
        @Option(names = "--merge", description = "over what the store holds; the rest stays")
        private boolean merge;

        @Option(names = "--replace", description = "what is not in the dump is removed")
        private boolean replace;
    }

    @Override
    public Integer call() {
        LoadMode mode =
                notEmpty.replace
                        ? LoadMode.REPLACE
                        : notEmpty.merge ? LoadMode.MERGE : LoadMode.INTO_EMPTY;
        return reader.runMaking(store -> load(store, mode));
    }

    private int load(StateStore store, LoadMode mode) throws IOException {
        Progress progress = new Progress(reader, "loaded");
        Loader.Result result =
                new Loader(store, StoreReader.timeout(), progress::at)
                        .load(file, mode, Loader.LISTENING);
        if (reader.isJson()) {
            reader.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("records", result.records())
                            .put("written", result.written())
                            .put("leasesNotAsDumped", result.leasesNotAsDumped())
                            .put("hash", result.hash())
                            .toString());
        } else {
            reader.print("%d records, hash %s".formatted(result.records(), result.hash()));
            if (result.leasesNotAsDumped() > 0) {
                reader.print(
                        result.leasesNotAsDumped()
                                + " leases are not as in the dump: their holders had a later life");
            }
        }
        return 0;
    }
}
