package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.dump.CheckedDump;
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
            "All of the file is checked before a store is opened or made.",
            "End all programs of the store first."
        },
        footer = {
            "",
            "A lease with a later life in the store stays as it is: a load brings back nobody.",
            "If it is interrupted, run it again with --merge.",
            "",
            "  edgeplex state load state.jsonl.gz --store lmdb:/var/lib/edgeplex/state",
            "  edgeplex state load state.jsonl.gz --replace",
            "  ssh pe7 edgeplex state dump | edgeplex state load -"
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Mixin private final StoreReader reader = new StoreReader();

    @Parameters(paramLabel = "FILE", description = "as dump wrote it; - is standard input")
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
        String location = reader.location();
        return reader.guarded(() -> {
            if (Files.isRegularFile(file)) {
                return load(file, location, mode);
            }
            // It is read twice: first all of it is checked.
            try (TemporaryFile copy = TemporaryFile.anywhere("edgeplex-load-", ".part")) {
                try (InputStream in = open();
                        OutputStream out = Files.newOutputStream(copy.path())) {
                    in.transferTo(out);
                }
                return load(copy.path(), location, mode);
            }
        });
    }

    private InputStream open() throws IOException {
        if (Files.isDirectory(file)) {
            throw reader.usage(file + " is a directory");
        }
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file);
    }

    private int load(Path whole, String location, LoadMode mode) throws IOException {
        CheckedDump dump = CheckedDump.of(whole);
        try (StateStore store = Stores.open(location)) {
            Progress progress = new Progress(reader, "loaded");
            return tell(
                    new Loader(store, StoreReader.timeout(), progress::at)
                            .load(dump, mode, Loader.LISTENING),
                    mode);
        }
    }

    private int tell(Loader.Result result, LoadMode mode) {
        if (reader.isJson()) {
            reader.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("records", result.records())
                            .put("written", result.written())
                            .put("leasesNotAsDumped", result.leasesNotAsDumped())
                            .put("hash", result.hash())
                            .put("dumpHash", result.dumpHash())
                            .toString());
        } else {
            reader.print(
                    "%d records; the store's hash is %s"
                            .formatted(result.records(), result.hash()));
            if (result.leasesNotAsDumped() > 0) {
                reader.print(
                        result.leasesNotAsDumped()
                                + " leases are not as in the dump: their holders had a later life");
            }
        }
        if (mode == LoadMode.INTO_EMPTY && !result.hash().equals(result.dumpHash())) {
            reader.say(
                    "the store is not what was dumped, whose hash is %s: a key is there twice, or"
                                    .formatted(result.dumpHash())
                            + " somebody else writes to the store");
            return 1;
        }
        return 0;
    }
}
