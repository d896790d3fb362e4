package org.edgeplex.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeplex.lab.simulation.Campaign;
import org.edgeplex.lab.simulation.Failure;
import org.edgeplex.lab.simulation.Scenarios;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `edgeplex simulate`: many runs of the platform with faults, in virtual time.
@Command(
        name = "simulate",
        description = {
            "Runs leases, change feeds, timers and the label allocator over a faulty network,",
            "in virtual time, once for each seed. Ends with 1 at the first seed that breaks an",
            "invariant, and says what had to go wrong for it."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(
            names = "--first",
            paramLabel = "S",
            defaultValue = "1",
            description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long first;

    @Option(names = "--seed", paramLabel = "S", description = "Just this one, again.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description = "One of ${COMPLETION-CANDIDATES} (default: all in turn).",
            completionCandidates = Names.class)
    private List<String> scenarios = List.of();

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    /// What a shell may complete.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.names().iterator();
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        boolean isCounted = spec.commandLine().getParseResult().hasMatchedOption("--seeds");
        if (seeds < 1 || seed.isPresent() && isCounted) {
            throw new ParameterException(
                    spec.commandLine(), "give --seed S, or --seeds N of at least 1");
        }
        // What is simulated warns of the faults, thousands of times; the report has those that
        // matter.
        System.setProperty("org.slf4j.simpleLogger.log.org.edgeplex.state", "error");
        Campaign campaign = campaign();
        long start = System.nanoTime();
        Progress progress = new Progress(start);
        Campaign.Result result =
                campaign.run(seed.orElse(first), seed.isPresent() ? 1 : seeds, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            Terminal.print(new ObjectMapper().writeValueAsString(fields(result, seconds)));
        } else {
            result.failure().ifPresent(failure -> Terminal.print(failure.report()));
            Terminal.print(summary(result, seconds));
        }
        return result.failure().isPresent() ? 1 : 0;
    }

    private Campaign campaign() {
        try {
            return new Campaign(scenarios.isEmpty() ? Scenarios.names() : scenarios);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /// A line now and then, beside the output.
    private final class Progress implements Campaign.Listener {
        private final long start;
        private long last;

        Progress(long start) {
            this.start = start;
            this.last = start;
        }

        @Override
        public void done(long done, long events) {
            long now = System.nanoTime();
            if (now - last > PROGRESS_NANOS) {
                last = now;
                spec.commandLine()
                        .getErr()
                        .printf(
                                "%d of %d seeds, %.0f a second%n",
                                done, seeds, done / ((now - start) / 1e9));
                spec.commandLine().getErr().flush();
            }
        }
    }

    private static String summary(Campaign.Result result, double seconds) {
        return "%d seeds, %d events, %.1f s, %.0f seeds a second: %s"
                .formatted(
                        result.seeds(),
                        result.events(),
                        seconds,
                        result.seeds() / seconds,
                        result.failure().isPresent() ? "BROKEN" : "everything holds");
    }

    private static Map<String, Object> fields(Campaign.Result result, double seconds) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seeds", result.seeds());
        fields.put("events", result.events());
        fields.put("seconds", seconds);
        fields.put("seedsPerSecond", result.seeds() / seconds);
        result.failure().ifPresent(failure -> fields.put("failure", fields(failure)));
        return fields;
    }

    private static Map<String, Object> fields(Failure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", failure.seed());
        fields.put("scenario", failure.scenario());
        fields.put("invariant", failure.violation().invariant());
        fields.put("detail", failure.violation().detail());
        fields.put("faults", failure.faults());
        fields.put("trace", failure.trace());
        return fields;
    }
}
