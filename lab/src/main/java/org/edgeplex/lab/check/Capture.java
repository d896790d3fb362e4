package org.edgeplex.lab.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.Place;

/// A running tcpdump, and its text when it is stopped.
final class Capture {
    private static final Duration START = Duration.ofSeconds(5);

    private static final Duration DELIVERY = Duration.ofSeconds(3);

    private final Machine machine;
    private final Path output;
    private final Process process;

    private Capture(Machine machine, Path output, Process process) {
        this.machine = machine;
        this.output = output;
        this.process = process;
    }

    /// Returns when tcpdump listens. In immediate mode, for else the kernel hands packets over in
    /// blocks, and the last block is lost when tcpdump ends.
    static Capture start(Machine machine, Place place, String name, String filter) {
        Path output = machine.directory().resolve("capture-" + name + ".log");
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process process =
                machine.commands()
                        .start(
                                output,
                                place.namespace()
                                        .inside(
                                                List.of(
                                                        "tcpdump",
                                                        "-n",
                                                        "-l",
                                                        "--immediate-mode",
                                                        "-i",
                                                        place.device(),
                                                        "-Z",
                                                        "root",
                                                        filter)));
        Capture capture = new Capture(machine, output, process);
        if (!Poll.until(START, () -> capture.text().contains("listening on"))) {
            throw new CommandFailedException("tcpdump does not listen: " + capture.text());
        }
        return capture;
    }

    /// Waits until the text has what is looked for: tcpdump writes a moment after the packet.
    boolean sees(Predicate<String> wanted) {
        return Poll.until(DELIVERY, () -> wanted.test(text()));
    }

    String stop() {
        machine.commands().run("kill", "-INT", Long.toString(process.pid()));
        process.onExit().join();
        return text();
    }

    private String text() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
