package org.edgeplex.dataplane.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.dataplane.traffic.TrafficProgram;

/// How long a packet takes through a data plane in another process and back, over shared memory and
/// far below saturation; beside it the same without a data plane: what generator and memory cost.
final class LatencyBench {
    private static final String RATE = "100000";
    private static final String SECONDS = "5";
    private static final String READY = "ready";
    private static final List<String> FIGURES = List.of("p50_us", "p99_us", "p999_us", "jitter_us");

    private final int cpu;
    private final int otherCpu;
    private final ForwardBench.Report report;

    /// @param cpu of the data plane
    LatencyBench(ForwardBench.Report report, int cpu, int otherCpu) {
        this.report = report;
        this.cpu = cpu;
        this.otherCpu = otherCpu;
    }

    void run() throws IOException {
        String dataplane = "@edgeplex-latency-" + ProcessHandle.current().pid();
        Process forwards =
                Jvm.start(
                        ForwardProgram.class,
                        List.of(),
                        "--part=MEMIF",
                        "--cpu=" + cpu,
                        "--port=memif:server,socket=" + dataplane);
        measure("memif", dataplane, forwards, READY);
        String floor = "@edgeplex-floor-" + ProcessHandle.current().pid();
        Process echoes =
                Jvm.start(
                        TrafficProgram.class,
                        List.of(),
                        "echo",
                        "--json",
                        "--cpu=" + cpu,
                        "--port=memif:server,socket=" + floor);
        measure("memif_floor", floor, echoes, "progress");
    }

    /// @param sign what the process says when it is ready
    private void measure(String name, String socket, Process between, String sign)
            throws IOException {
        // Closed by the end of the process: a close before would wait for the thread that reads.
        BufferedReader said = between.inputReader();
        try {
            String line = said.readLine();
            while (line != null && !line.contains(sign)) {
                line = said.readLine();
            }
            Thread.ofVirtual().start(() -> drain(said));
            report(name, generate(socket));
        } finally {
            Command.end(between);
        }
    }

    /// Takes what the process says, so that it never waits for us.
    private static void drain(BufferedReader said) {
        try {
            String line = said.readLine();
            while (line != null) {
                line = said.readLine();
            }
        } catch (IOException _) {
            // The process has ended, and its pipe was closed with it.
        }
    }

    private String generate(String socket) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("loop", "--json", "--cpu=" + otherCpu));
        arguments.add("--port=memif:client,socket=" + socket);
        arguments.addAll(List.of("--rate=" + RATE, "--seconds=" + SECONDS, "--size=64"));
        arguments.addAll(List.of("--vlan=" + BenchEdge.VLAN, "--to=" + BenchEdge.GATEWAY_MAC));
        arguments.addAll(List.of("--from=" + BenchEdge.CE_MAC, "--source=" + BenchEdge.CE));
        arguments.add("--destination=" + PushRig.destinations(1).getFirst());
        Process generator =
                Jvm.start(TrafficProgram.class, List.of(), arguments.toArray(String[]::new));
        try (BufferedReader lines = generator.inputReader()) {
            return lines.lines()
                    .filter(line -> line.contains("\"traffic\":\"total\""))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the generator said nothing"));
        } finally {
            Command.end(generator);
        }
    }

    private void report(String name, String total) {
        for (String figure : FIGURES) {
            String metric = name + "_" + figure.replace("_us", "");
            report.metric(metric, number(total, figure), "us");
        }
        double sent = number(total, "sent");
        report.metric(name + "_lost", number(total, "lost") / Math.max(1, sent), "ratio");
    }

    private static double number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
