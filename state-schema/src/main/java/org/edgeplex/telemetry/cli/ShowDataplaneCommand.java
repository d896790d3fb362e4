package org.edgeplex.telemetry.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import org.edgeplex.telemetry.CountersFolder;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.DataplaneView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads the counters files and prints them, once or again and again.
@Command(
        name = "dataplane",
        mixinStandardHelpOptions = true,
        description = "Packets, ports, labels and drops of the data planes of this machine.",
        footer = {
            "",
            "Reads the files that data planes count into; they do not notice.",
            "Bytes are those of frames, without their checksum.",
            "A row of labels out begins at 0 when its next hop gets other labels: the rows may"
                    + " be less than \"to core\".",
            "",
            "  edgeplex show dataplane 7 --dir /run/edgeplex/l3vpn/pe1/controller",
            "  edgeplex show dataplane --watch"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:shown",
            "1:there is none of these, or a file cannot be read",
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

    @Option(names = "--json", description = "Print JSON, for programs: an array on a line.")
    private boolean isJson;

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

    private final Map<Path, Before> before = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Integer seconds = watchSeconds;
        if (seconds != null && seconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--watch is at least 1 second, not " + seconds);
        }
        int status = show();
        while (seconds != null && status == 0) {
            TimeUnit.SECONDS.sleep(seconds);
            status = show();
        }
        return status;
    }

    private int show() {
        List<String> problems = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Path given = directory;
        List<Path> folders =
                given == null ? CountersFolders.usual(RUN) : List.of(CountersFolders.of(given));
        for (Path folder : folders) {
            for (Path file : CountersFolder.files(folder)) {
                switch (CountersReader.read(file)) {
                    case CountersReader.Reading.Refused(String why) -> problems.add(why);
                    case CountersReader.Reading.Taken taken -> {
                        DataplaneView view = new DataplaneView(taken.snapshot());
                        if (isWanted(view)) {
                            array.add(DataplaneJson.of(view, file));
                            lines.addAll(text(file, view));
                        }
                    }
                }
            }
        }
        print(array, lines);
        problems.forEach(this::complain);
        if (lines.isEmpty() && problems.isEmpty()) {
            complain(nothing(folders));
        }
        return lines.isEmpty() || !problems.isEmpty() ? 1 : 0;
    }

    private boolean isWanted(DataplaneView view) {
        return attachment.equals(ALL)
                || attachment.equals(Integer.toString(view.attachment()))
                || attachment.equals(view.snapshot().source().name());
    }

    private List<String> text(Path file, DataplaneView view) {
        long nowNanos = System.nanoTime();
        Before last = before.put(file, new Before(view, nowNanos));
        return last == null
                ? new DataplaneText(view).lines()
                : new DataplaneText(view, last.view, (nowNanos - last.nanos) / 1e9).lines();
    }

    private void print(ArrayNode array, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(array);
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

    private String nothing(List<Path> folders) {
        String what =
                attachment.equals(ALL)
                        ? "no data plane counts"
                        : "no data plane of attachment " + attachment + " counts";
        return folders.isEmpty()
                ? what + " on this machine: is a lab or a controller up? (--dir says where)"
                : what + " in " + folders;
    }

    private void complain(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("edgeplex show: " + text);
        err.flush();
    }
}
