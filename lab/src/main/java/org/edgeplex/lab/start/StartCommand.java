package org.edgeplex.lab.start;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.edgeplex.controller.compute.netns.JvmCommand;
import org.edgeplex.dataplane.io.linux.Cpus;
import org.edgeplex.lab.trial.DataplaneTrial;
import org.edgeplex.lab.trial.Figures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edgeplex bench start`.
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "From the start of a data plane to the first packet that it forwards.",
            "The program runs as the controller runs it, before all else on its CPU, and a customer"
                    + " sends a packet each millisecond from before the start on. Medians, in"
                    + " milliseconds since the start: _cached on one CPU with the AOT cache, _plain"
                    + " without the cache, _all_cpus with it on all CPUs, _unrehearsed likewise but"
                    + " without the made-up packets that warm the program up. first_10000_ is the"
                    + " rate at which the packets after the first one pass."
        })
public final class StartCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one line of JSON per figure")
    private boolean isJson;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "starts of each kind (default: ${DEFAULT-VALUE})",
            defaultValue = "11")
    private int runs;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "the one CPU that the program has (default: the last one)")
    private @Nullable Integer cpu;

    @Override
    public Integer call() throws Exception {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs is at least 1");
        }
        Map<String, StartBench.Variant> variants = variants(JvmCommand.own());
        Figures figures = new Figures("start", spec.commandLine().getOut(), isJson);
        try (DataplaneTrial trial = DataplaneTrial.open()) {
            trial.inside(() -> {
                new StartBench(figures, runs).run(trial, variants);
                return 0;
            });
        }
        return 0;
    }

    private Map<String, StartBench.Variant> variants(JvmCommand jvm) {
        List<String> oneCpu = new ArrayList<>(DataplaneTrial.FAVOURED);
        oneCpu.addAll(List.of("taskset", "--cpu-list", "" + Cpus.chosen(cpu)));
        List<String> cold = List.of("--rehearsal=0");
        Map<String, StartBench.Variant> variants = new LinkedHashMap<>();
        variants.put("cached", new StartBench.Variant(oneCpu, jvm, List.of()));
        variants.put("plain", new StartBench.Variant(oneCpu, jvm.withoutCaches(), List.of()));
        variants.put("all_cpus", new StartBench.Variant(DataplaneTrial.FAVOURED, jvm, List.of()));
        variants.put("unrehearsed", new StartBench.Variant(DataplaneTrial.FAVOURED, jvm, cold));
        return variants;
    }
}
