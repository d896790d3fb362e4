package org.edgeplex.lab.start;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.controller.compute.netns.JvmCommand;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.trial.DataplaneTrial;
import org.edgeplex.lab.trial.FarEnd;
import org.edgeplex.lab.trial.Figures;
import org.edgeplex.lab.trial.Threads;

/// Starts the data plane again and again while a customer sends, and takes the times.
final class StartBench {
    private static final long SEND_INTERVAL_NANOS = 1_000_000;
    private static final long LOOK_INTERVAL_NANOS = 50_000;
    private static final long START_NANOS_MAX = 20_000_000_000L;

    /// Packets right after the first one, to see how warm the program is.
    private static final int FIRST_PACKETS = 10_000;

    /// Of those, on the way at once: no more than the rings between us hold.
    private static final int WINDOW_PACKETS = 128;

    /// Without a packet for so long, those on the way are lost.
    private static final long LOST_NANOS = 100_000_000;

    private final Figures figures;
    private final int runs;

    /// A way to start.
    ///
    /// @param before words before `java`, such as `taskset`
    /// @param arguments of the program, beyond what it needs
    record Variant(List<String> before, JvmCommand jvm, List<String> arguments) {}

    /// One start.
    ///
    /// @param firstNanos from before the start to the first packet that came out
    /// @param cpuNanos of all threads until then
    /// @param packetsPerSecond of the packets after the first one
    /// @param phases what the program says of itself: milliseconds since its start
    private record Run(
            long firstNanos, long cpuNanos, double packetsPerSecond, Map<String, Double> phases) {}

    StartBench(Figures figures, int runs) {
        this.figures = figures;
        this.runs = runs;
    }

    /// On a thread made for this: it changes its namespace, and DPDK takes it over.
    ///
    /// @param variants by name; they take turns
    void run(DataplaneTrial trial, Map<String, Variant> variants)
            throws IOException, InterruptedException {
        Map<String, List<Run>> done = new LinkedHashMap<>();
        try (FarEnd far = new FarEnd()) {
            for (int i = 0; i < runs; i++) {
                for (Map.Entry<String, Variant> variant : variants.entrySet()) {
                    done.computeIfAbsent(variant.getKey(), _ -> new ArrayList<>())
                            .add(start(trial, far, variant.getValue()));
                }
            }
        }
        done.forEach(this::report);
    }

    private Run start(DataplaneTrial trial, FarEnd far, Variant variant)
            throws IOException, InterruptedException {
        int said = trial.log().length();
        long startNanos = System.nanoTime();
        List<String> program = new ArrayList<>(variant.before);
        List<String> arguments = new ArrayList<>(trial.arguments(ProgramRole.DATAPLANE));
        arguments.addAll(variant.arguments);
        program.addAll(variant.jvm.of(ProgramRole.DATAPLANE, arguments));
        Process process = trial.start(ProgramRole.DATAPLANE, program);
        try {
            awaitFirst(trial, far, process, startNanos);
            long firstNanos = System.nanoTime() - startNanos;
            long cpuNanos = Threads.cpuNanos(process.pid());
            double packetsPerSecond = packetsPerSecond(far);
            return new Run(
                    firstNanos, cpuNanos, packetsPerSecond, Phases.in(trial.log().substring(said)));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitFirst(
            DataplaneTrial trial, FarEnd far, Process process, long startNanos) throws IOException {
        long sentNanos = startNanos - SEND_INTERVAL_NANOS;
        while (far.receiveForwarded() == 0) {
            long nowNanos = System.nanoTime();
            if (!process.isAlive() || nowNanos - startNanos > START_NANOS_MAX) {
                throw new CommandFailedException("no packet came out:\n" + trial.log());
            }
            if (nowNanos - sentNanos >= SEND_INTERVAL_NANOS) {
                sentNanos += SEND_INTERVAL_NANOS;
                far.send(1);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
        }
    }

    private static double packetsPerSecond(FarEnd far) {
        // Those that were sent before the first came out are on the way still.
        long quietNanos = System.nanoTime();
        while (System.nanoTime() - quietNanos < LOST_NANOS / 10) {
            if (far.receiveForwarded() > 0) {
                quietNanos = System.nanoTime();
            }
        }
        long startNanos = System.nanoTime();
        long lastNanos = startNanos;
        int sent = 0;
        int back = 0;
        while (back < FIRST_PACKETS && System.nanoTime() - lastNanos < LOST_NANOS) {
            int room = Math.min(WINDOW_PACKETS - (sent - back), FIRST_PACKETS - sent);
            if (room > 0) {
                sent += far.send(Math.min(room, 32));
            }
            int now = far.receiveForwarded();
            if (now > 0) {
                back += now;
                lastNanos = System.nanoTime();
            }
        }
        return back * 1e9 / (lastNanos - startNanos);
    }

    private void report(String name, List<Run> starts) {
        figures.metric("first_packet_" + name, median(starts, run -> run.firstNanos / 1e6), "ms");
        figures.metric(
                "first_packet_worst_" + name,
                starts.stream().mapToDouble(run -> run.firstNanos / 1e6).max().orElse(0),
                "ms");
        figures.metric("cpu_to_first_packet_" + name, median(starts, r -> r.cpuNanos / 1e6), "ms");
        Map<Double, String> ordered = new TreeMap<>();
        for (String phase : starts.getFirst().phases.keySet()) {
            ordered.put(median(starts, run -> run.phases.getOrDefault(phase, 0.0)), phase);
        }
        ordered.forEach((at, phase) -> figures.metric(phase + "_" + name, at, "ms"));
        figures.metric(
                "first_" + FIRST_PACKETS + "_" + name,
                median(starts, run -> run.packetsPerSecond / 1e6),
                "Mpps");
    }

    private static double median(List<Run> starts, ToDoubleFunction<Run> figure) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(sorted)
                .skip((sorted.length - 1) / 2)
                .limit(2 - sorted.length % 2)
                .average()
                .orElse(0);
    }
}
