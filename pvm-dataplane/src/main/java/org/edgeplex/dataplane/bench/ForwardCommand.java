package org.edgeplex.dataplane.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one line of JSON per figure")
    private boolean isJson;

    @Option(names = "--cpu", description = "the CPU to use (default: the last one)")
    private int cpu = Runtime.getRuntime().availableProcessors() - 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int status = run(ForwardBench.Part.PATHS, List.of());
        status = Math.max(status, run(ForwardBench.Part.PREFIXES, List.of()));
        // Without the JVM's internal accessor: what the supported API alone gives.
        return Math.max(status, run(ForwardBench.Part.PUSH, List.of("-Dedgeplex.memory=segment")));
    }

    private int run(ForwardBench.Part part, List<String> flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ForwardProgram.class.getName(), "--part=" + part, "--cpu=" + cpu));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::print);
        }
        return process.waitFor();
    }

    private void print(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(line);
        } else {
            out.printf("%-32s %12s %s%n", matcher.group(1), matcher.group(2), matcher.group(3));
        }
        out.flush();
    }
}
