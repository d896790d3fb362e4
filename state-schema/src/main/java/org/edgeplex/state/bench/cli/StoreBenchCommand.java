package org.edgeplex.state.bench.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.bench.Figure;
import org.edgeplex.state.bench.StoreBench;
import org.edgeplex.state.bench.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "store",
        description = {
            "What the engines cost, beside what they are made of.",
            "_p50 and _p99 are of one call; _ops are objects in a second; _over_c and _over_raw are"
                    + " how much longer a call takes than without us: than a program in C, than the"
                    + " same requests by hand. redis runs for the bench; ramcloud is the cluster"
                    + " that EDGEPLEX_RAMCLOUD names, where the tables edgeplex-bench/* stay."
        },
        footer = {
            "",
            "Engines take turns in short slices, in both orders: compare figures of one run only.",
            "",
            "  edgeplex bench store",
            "  edgeplex bench store --json --engine lmdb | jq -r 'select(.unit == \"ratio\")'",
            "",
            "What the engines are held to is the worst of several ratios; a write of the engine on"
                    + " RAMCloud is several of the cluster's: ramcloud_put_over_object_write tells"
                    + " how much that costs, and its client is held to the protocol.",
            ""
        },
        mixinStandardHelpOptions = true)
final class StoreBenchCommand implements Callable<Integer> {
    private static final double SECONDS_MAX = 3_600;

    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "one figure a line: bench, metric, value, unit")
    private boolean json;

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "NAME",
            description = "one or more of ${COMPLETION-CANDIDATES}; default: all that are here",
            completionCandidates = EngineNames.class)
    private List<String> chosen = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long to measure, about; default: ${DEFAULT-VALUE}")
    private double seconds = 120;

    static final class EngineNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StoreBench.engines().iterator();
        }
    }

    /// What the targets are is said once, where they are computed.
    @Spec
    void spec(CommandSpec given) {
        spec = given;
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        for (Target target : StoreBench.targets()) {
            footer.add(
                    String.format(
                            Locale.ROOT,
                            "  %s (at most %.2f): %s",
                            target.metric(),
                            target.limit(),
                            String.join(", ", target.parts())));
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    @Override
    public Integer call() {
        if (!(seconds > 0) || seconds > SECONDS_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds is above 0, and at most " + SECONDS_MAX);
        }
        try (StoreBench bench = new StoreBench(this::say, this::print)) {
            for (String engine : chosen.isEmpty() ? StoreBench.engines() : chosen) {
                add(bench, engine);
            }
            bench.run(Duration.ofNanos((long) (seconds * 1e9)));
        }
        return 0;
    }

    /// What was asked for must be here; of all others it is said what they lack.
    private void add(StoreBench bench, String engine) {
        try {
            bench.add(engine);
        } catch (StoreException e) {
            if (chosen.contains(engine)) {
                throw new ParameterException(
                        spec.commandLine(), "--engine %s: %s".formatted(engine, e.getMessage()), e);
            }
            say("without " + engine + ": " + e.getMessage());
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("bench: " + line);
        spec.commandLine().getErr().flush();
    }

    private void print(Figure figure) {
        String line =
                json
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("bench", "store")
                                .put("metric", figure.metric())
                                .put("value", rounded(figure.value()))
                                .put("unit", figure.unit())
                                .toString()
                        : String.format(
                                Locale.ROOT,
                                "%-36s %,16.2f %s",
                                figure.metric(),
                                figure.value(),
                                figure.unit());
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
