package org.edgeplex.dataplane.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The process that [ForwardCommand] starts: the JVM flags of a data plane, and DPDK, once.
@Command(name = "bench-forward", description = "Measures; prints a line of JSON per figure.")
final class ForwardProgram implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--cpu", defaultValue = "0")
    private int cpu;

    @Option(names = "--part", defaultValue = "PATHS")
    private ForwardBench.Part part = ForwardBench.Part.PATHS;

    @Option(names = "--port", defaultValue = "")
    private String port = "";

    private ForwardProgram() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ForwardProgram()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        // DPDK pins the thread that starts it, and what main starts later would inherit that.
        Thread thread = Thread.ofPlatform().name("bench").unstarted(this::measure);
        thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        thread.start();
        thread.join();
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
        return 0;
    }

    private void measure() {
        switch (part) {
            case PEERS -> PeerBench.run(this::print, this::printMissing, cpu);
            case SCALING -> ScalingBench.run(this::print, cpu);
            case MEMIF -> MemifDataplane.run(port, cpu, this::printReady);
            case PATHS, PUSH, PREFIXES -> ForwardBench.run(this::print, cpu, part);
        }
    }

    private void printReady() {
        spec.commandLine().getOut().println("ready");
        spec.commandLine().getOut().flush();
    }

    private void printMissing(String metric, String why) {
        String text = why.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
        spec.commandLine()
                .getOut()
                .printf(
                        "{\"bench\":\"forward\",\"metric\":\"%s\",\"missing\":\"%s\"}%n",
                        metric, text);
        spec.commandLine().getOut().flush();
    }

    private void print(String metric, double value, String unit) {
        spec.commandLine().getOut().println(line(metric, value, unit));
        spec.commandLine().getOut().flush();
    }

    static String line(String metric, double value, String unit) {
        return String.format(
                Locale.ROOT,
                "{\"bench\":\"forward\",\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}",
                metric,
                value,
                unit);
    }
}
