package org.edgeplex.lab.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Poll;

/// Numbered packets from one site to another, while something else is done.
final class BackgroundTraffic implements AutoCloseable {
    private static final Duration FIRST_PACKET = Duration.ofSeconds(30);
    private static final String PROGRESS_SECONDS = "0.05";

    /// It shows that packets pass, and not that one was left over.
    private static final int PACKETS_MORE = 10;

    private final Path output;
    private final Process process;

    private BackgroundTraffic(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /// Returns when the first packet has come: what is lost from now on is lost by what is done.
    ///
    /// @param drain how long it waits at its end for packets that have not come
    static BackgroundTraffic start(LabUnderTest lab, SitePair pair, String name, Duration drain) {
        Path output = lab.machine().directory().resolve("traffic-" + name + ".log");
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process process =
                lab.machine()
                        .commands()
                        .start(
                                output,
                                new SiteTraffic(lab, pair)
                                        .command(
                                                "--progress",
                                                PROGRESS_SECONDS,
                                                "--drain",
                                                SiteTraffic.seconds(drain)));
        BackgroundTraffic traffic = new BackgroundTraffic(output, process);
        if (!Poll.until(FIRST_PACKET, () -> traffic.received() > 0)) {
            traffic.close();
            throw new CommandFailedException("no packet from " + pair + ": " + traffic.text());
        }
        return traffic;
    }

    /// Whether packets pass now.
    boolean passesWithin(Duration deadline) {
        long before = received();
        return Poll.until(deadline, () -> received() >= before + PACKETS_MORE);
    }

    /// Stops, and what it saw.
    TrafficSummary stop() {
        close();
        return TrafficSummary.parse(text());
    }

    private long received() {
        return TrafficSummary.receivedSoFar(text());
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process is the JVM itself, `setsid` execs into it; it tells its figures and ends.
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
