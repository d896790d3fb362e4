package org.edgeplex.state.cli;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Stores;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What the subcommands share: the store and its options.
final class StoreReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE = 1_000;

    @SuppressWarnings("NullAway.Init")
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--store",
            paramLabel = "LOCATION",
            description = "such as lmdb:/var/lib/edgeplex/state; default: $EDGEPLEX_STORE",
            defaultValue = "${env:EDGEPLEX_STORE}")
    private String location = "";

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /// What a command does with an open store. Returns the exit status.
    interface Work {
        int on(StateStore store);
    }

    /// Runs it; an error of the store becomes a message and status 1.
    int run(Work work) {
        if (location.isEmpty()) {
            throw usage("which store? --store LOCATION, or EDGEPLEX_STORE");
        }
        try (StateStore store = Stores.openExisting(location)) {
            return work.on(store);
        } catch (StoreException e) {
            complain(e);
            return 1;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                complain(cause);
                return 1;
            }
            throw e;
        } finally {
            spec.commandLine().getOut().flush();
        }
    }

    Table<?, ?> table(String name) {
        return Tables.named(name)
                .orElseThrow(() ->
                        usage(
                                "unknown table \"%s\"; there are: %s"
                                        .formatted(
                                                name,
                                                Tables.all().stream()
                                                        .map(Table::toString)
                                                        .collect(Collectors.joining(", ")))));
    }

    /// All objects of a table, page by page.
    static void scan(StateStore store, Table<?, ?> table, Consumer<ScanPage.Entry> consumer) {
        Bytes resume = Bytes.EMPTY;
        do {
            ScanPage page = store.scan(table.id(), Bytes.EMPTY, resume, PAGE, TIMEOUT).join();
            page.entries().forEach(consumer);
            resume = page.resume();
        } while (!resume.isEmpty());
    }

    static Duration timeout() {
        return TIMEOUT;
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    void complain(StoreException e) {
        spec.commandLine().getErr().println(e.getMessage());
        spec.commandLine().getErr().flush();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
