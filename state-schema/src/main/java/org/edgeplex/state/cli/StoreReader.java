package org.edgeplex.state.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.dump.DamagedDumpException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What the subcommands share: the store and its options.
final class StoreReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
        int on(StateStore store) throws IOException;
    }

    /// Runs it on the store, which is there.
    int run(Work work) {
        String named = location();
        return guarded(() -> {
            try (StateStore store = Stores.openExisting(named)) {
                return work.on(store);
            }
        });
    }

    String location() {
        if (location.isEmpty()) {
            throw usage("which store? --store LOCATION, or EDGEPLEX_STORE");
        }
        return location;
    }

    /// Returns the exit status.
    interface Task {
        int run() throws IOException;
    }

    /// An error of a store or a file becomes a message and status 1.
    int guarded(Task task) {
        try {
            return task.run();
        } catch (StoreException | DamagedDumpException e) {
            complain(e);
            return 1;
        } catch (IOException e) {
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

    static Duration timeout() {
        return TIMEOUT;
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void complain(Exception e) {
        say(e instanceof IOException io ? FileFailure.text(io) : String.valueOf(e.getMessage()));
    }

    /// For the person, beside the output.
    void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
