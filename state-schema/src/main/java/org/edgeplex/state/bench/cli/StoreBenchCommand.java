package org.edgeplex.state.bench.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.edgeplex.state.bench.Figure;
import org.edgeplex.state.bench.StoreBench;
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
                    + " how much longer a call takes than without us."
        },
        footer = {
            "",
            "Engines take turns in short slices, in both orders: compare figures of one run only.",
            "",
            "  edgeplex bench store",
            "  edgeplex bench store --json --engine lmdb | jq -r 'select(.unit == \"ratio\")'"
        },
        mixinStandardHelpOptions = true)
final class StoreBenchCommand implements Callable<Integer> {
    private static final double SECONDS_MAX = 3_600;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "one figure a line: bench, metric, value, unit")
    private boolean json;

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "NAME",
            description = "one or more of ${COMPLETION-CANDIDATES}; default: all",
            completionCandidates = EngineNames.class)
    private List<String> engines = StoreBench.engines();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long to measure, about; default: ${DEFAULT-VALUE}")
    private double seconds = 40;

    static final class EngineNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StoreBench.engines().iterator();
        }
    }

    @Override
    public Integer call() {
        if (!(seconds > 0) || seconds > SECONDS_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds is above 0, and at most " + SECONDS_MAX);
        }
        for (String engine : engines) {
            if (!StoreBench.engines().contains(engine)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown engine \"%s\"; there are: %s"
                                .formatted(engine, String.join(", ", StoreBench.engines())));
            }
        }
        try (StoreBench bench = new StoreBench(this::say, this::print)) {
            bench.run(engines, Duration.ofNanos((long) (seconds * 1e9)));
        }
        return 0;
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
