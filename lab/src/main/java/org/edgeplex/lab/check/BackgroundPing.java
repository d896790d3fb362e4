package org.edgeplex.lab.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.machine.Poll;

/// A ping every 10 ms from one site to another, while something else is done.
final class BackgroundPing implements AutoCloseable {
    private static final Duration FIRST_REPLY = Duration.ofSeconds(5);

    private final Machine machine;
    private final Path output;
    private final Process process;

    private BackgroundPing(Machine machine, Path output, Process process) {
        this.machine = machine;
        this.output = output;
        this.process = process;
    }

    /// Returns when the first reply is there: what is lost from now on is lost by what is done.
    static BackgroundPing start(Machine machine, Namespace from, SitePair pair, String name) {
        Path output = machine.directory().resolve("ping-" + name + ".log");
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process process =
                machine.commands()
                        .start(
                                output,
                                from.inside(
                                        List.of(
                                                "ping",
                                                "-D",
                                                "-i",
                                                "0.01",
                                                "-I",
                                                pair.source().toString(),
                                                pair.destination().toString())));
        BackgroundPing ping = new BackgroundPing(machine, output, process);
        if (!Poll.until(FIRST_REPLY, () -> !ping.log().replies().isEmpty())) {
            ping.close();
            throw new CommandFailedException("no reply to a ping from " + pair);
        }
        return ping;
    }

    /// Whether replies arrive now: ten more than there were.
    boolean answersWithin(Duration deadline) {
        int before = log().replies().size();
        return Poll.until(deadline, () -> log().replies().size() >= before + 10);
    }

    /// Stops, and what it saw.
    PingLog stop() {
        close();
        return log();
    }

    private PingLog log() {
        try {
            return PingLog.parse(Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `ip netns exec` and `setsid` exec into ping, so the process is ping itself.
    @Override
    public void close() {
        if (process.isAlive()) {
            machine.commands().run("kill", "-INT", Long.toString(process.pid()));
            process.onExit().join();
        }
    }
}
