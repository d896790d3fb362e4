package org.edgeplex.controller.show;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.edgeplex.controller.cli.ApiCallException;
import org.edgeplex.controller.cli.Connection;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.json.DataplaneJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what data planes count, once or again and again.
@Command(
        name = "dataplane",
        mixinStandardHelpOptions = true,
        description =
                "Packets, ports, labels and drops of the data planes of this machine, or of a"
                        + " controller's.",
        footer = {
            "",
            "Reads the files that data planes count into; they do not notice. With --controller or"
                    + " --token-file the controller reads those of its PE, on whatever machine.",
            "Bytes are those of frames, without their checksum.",
            "A row of labels out begins at 0 when its next hop gets other labels: the rows may"
                    + " be less than \"to core\".",
            "JSON is an array on a line. Of one that runs no more, or whose numbers cannot be read,"
                    + " it has the \"reason\".",
            "",
            "  edgeplex show dataplane 7 --dir /run/edgeplex/l3vpn/pe1/controller",
            "  edgeplex show dataplane --watch",
            "  edgeplex show dataplane red/pe1/red-1 --controller http://127.0.0.1:8080"
                    + " --token-file token"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:shown",
            "1:there is none of these, a file cannot be read, or the controller does not answer",
            "2:the command line is wrong"
        })
public final class ShowDataplaneCommand implements Callable<Integer> {
    private static final Path RUN = Path.of("/run/edgeplex");
    private static final String ALL = "all";

    /// To the top left corner; from there on, nothing.
    private static final String CLEAR_SCREEN = "\033[H\033[2J";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "ATTACHMENT",
            defaultValue = ALL,
            description =
                    "The attachment's number, or its name, or all (default: ${DEFAULT-VALUE}).")
    private String attachment = ALL;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "A controller's directory, or one with counters files (default: those of"
                            + " all labs, ./counters, /var/lib/edgeplex).")
    private @Nullable Path directory;

    @Mixin private Connection connection = new Connection();

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "SECONDS",
            description =
                    "Again every so many seconds (default: 1), with rates, until interrupted.")
    private @Nullable Integer watchSeconds;

    /// What was read of a file before, and when.
    private record Before(DataplaneView view, long nanos) {}

    private final Map<String, Before> before = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Integer seconds = watchSeconds;
        if (seconds != null && seconds < 1) {
            throw wrong("--watch is at least 1 second, not " + seconds);
        }
        try {
            ReportSource source = source();
            int status = show(source);
            while (seconds != null && status == 0) {
                TimeUnit.SECONDS.sleep(seconds);
                status = show(source);
            }
            return status;
        } catch (ApiCallException e) {
            complain(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private ReportSource source() {
        Path given = directory;
        if (!connection.isGiven(spec.commandLine().getParseResult())) {
            return ReportSource.ofFolders(
                    given == null
                            ? CountersFolders.usual(RUN)
                            : List.of(CountersFolders.of(given)));
        }
        if (given != null) {
            throw wrong("--dir is for files of this machine: not with --controller, --token-file");
        }
        return ReportSource.ofController(connection.open());
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private int show(ReportSource source) {
        List<DataplaneReport> wanted = source.read().stream().filter(this::isWanted).toList();
        List<String> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (DataplaneReport report : wanted) {
            switch (report) {
                case DataplaneReport.Counted(DataplaneView view, String file) ->
                        lines.addAll(text(file, view));
                case DataplaneReport.Silent silent -> problems.add(silent.why());
            }
        }
        if (wanted.isEmpty()) {
            problems.add(nothing(source));
        }
        print(wanted, lines);
        problems.forEach(this::complain);
        return problems.isEmpty() ? 0 : 1;
    }

    private boolean isWanted(DataplaneReport report) {
        return attachment.equals(ALL)
                || attachment.equals(Integer.toString(report.attachment()))
                || attachment.equals(report.name());
    }

    private List<String> text(String file, DataplaneView view) {
        long nowNanos = System.nanoTime();
        Before last = before.put(file, new Before(view, nowNanos));
        return last == null
                ? new DataplaneText(view).lines()
                : new DataplaneText(view, last.view, (nowNanos - last.nanos) / 1e9).lines();
    }

    private void print(List<DataplaneReport> reports, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (connection.json()) {
            out.println(DataplaneJson.of(reports));
        } else {
            if (watchSeconds != null && isTerminal()) {
                out.print(CLEAR_SCREEN);
            }
            lines.forEach(out::println);
        }
        out.flush();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private String nothing(ReportSource source) {
        String what =
                attachment.equals(ALL)
                        ? "no data plane counts"
                        : "no data plane of attachment " + attachment + " counts";
        return what + source.where();
    }

    private void complain(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("edgeplex show: " + text);
        err.flush();
    }
}
