package org.edgeplex.dataplane.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.dataplane.io.linux.Cpus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures the packet path, each part in a process of its own.
@Command(
        name = "forward",
        mixinStandardHelpOptions = true,
        description = "The packet path beside C that does the same: one core, bursts of 32.")
public final class ForwardCommand implements Callable<Integer> {
    private static final Pattern LINE =
            Pattern.compile("\\{.*\"metric\":\"(.*)\",\"value\":(.*),\"unit\":\"(.*)\"}");

    private static final Pattern MISSING =
            Pattern.compile("\\{.*\"metric\":\"(.*)\",\"missing\":\"(.*)\"}");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one line of JSON per figure")
    private boolean isJson;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "the CPU to use (default: the last one)")
    private @Nullable Integer named;

    private int cpu;

    @Option(
            names = "--only",
            description = "these parts: ${COMPLETION-CANDIDATES} (default: all)",
            split = ",")
    private List<Section> only = List.of(Section.values());

    /// What can be measured by itself.
    enum Section {
        PATHS,
        PREFIXES,
        SEGMENT,
        PEERS,
        SCALING,
        LATENCY
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        cpu = Cpus.chosen(named);
        int status = 0;
        for (Section section : only) {
            status = Math.max(status, measure(section));
        }
        return status;
    }

    private int measure(Section section) throws IOException, InterruptedException {
        return switch (section) {
            case PATHS -> run(ForwardBench.Part.PATHS, List.of());
            case PREFIXES -> run(ForwardBench.Part.PREFIXES, List.of());
            // Without the JVM's internal accessor: what the supported API alone gives.
            case SEGMENT -> run(ForwardBench.Part.PUSH, List.of("-Dedgeplex.memory=segment"));
            case PEERS -> run(ForwardBench.Part.PEERS, List.of());
            case SCALING -> scaling();
            case LATENCY -> {
                new LatencyBench(this::print, cpu, otherCpu()).run();
                yield 0;
            }
        };
    }

    private int otherCpu() {
        return Cpus.otherThan(cpu);
    }

    private int run(ForwardBench.Part part, List<String> flags)
            throws IOException, InterruptedException {
        Process process = Jvm.start(ForwardProgram.class, flags, "--part=" + part, "--cpu=" + cpu);
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::print);
        }
        return process.waitFor();
    }

    /// One core, then the other, then both at once.
    private int scaling() throws IOException {
        double one = rate(core(cpu));
        double other = rate(core(otherCpu()));
        Process first = core(cpu);
        Process second = core(otherCpu());
        double both = rate(first) + rate(second);
        print("one_core_push", (one + other) / 2, "Mpps");
        print("two_cores_push", both, "Mpps");
        print("scaling_two_cores", both / ((one + other) / 2), "ratio");
        return 0;
    }

    private Process core(int number) throws IOException {
        ForwardBench.Part part = ForwardBench.Part.SCALING;
        return Jvm.start(ForwardProgram.class, List.of(), "--part=" + part, "--cpu=" + number);
    }

    private static double rate(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader()) {
            return lines.lines()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .mapToDouble(matcher -> Double.parseDouble(matcher.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a core told no figure"));
        }
    }

    private void print(String metric, double value, String unit) {
        print(ForwardProgram.line(metric, value, unit));
    }

    private void print(String line) {
        Matcher matcher = LINE.matcher(line);
        Matcher missing = MISSING.matcher(line);
        PrintWriter out = spec.commandLine().getOut();
        if (isJson && (matcher.matches() || missing.matches())) {
            out.println(line);
        } else if (matcher.matches()) {
            out.printf("%-36s %12s %s%n", matcher.group(1), matcher.group(2), matcher.group(3));
        } else if (missing.matches()) {
            out.printf("%-36s      missing: %s%n", missing.group(1), missing.group(2));
        }
        out.flush();
    }
}
