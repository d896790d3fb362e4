package org.edgeplex.lab.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Runs the machine's commands for one lab, each marked with the lab's run directory.
///
/// Once closed it starts nothing more: who cleans up closes it first, so that nothing can be
/// started behind the cleaner's back.
public final class Commands {
    /// The mark in a process' environment; children inherit it.
    public static final String MARK = "EDGEPLEX_LAB";

    /// Longest wait for a command whose caller names no other deadline.
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String mark;
    private boolean closed;

    public Commands(Path runDirectory) {
        this.mark = runDirectory.toString();
    }

    public String mark() {
        return mark;
    }

    /// Runs a command that must succeed, and returns its output.
    public String run(String... command) {
        return attempt(DEADLINE, List.of(command)).orThrow().output();
    }

    /// Runs a command to its end, whatever that is.
    public CommandResult attempt(Duration deadline, List<String> command) {
        return attempt(deadline, command, "");
    }

    /// As above, with a text for the command to read.
    public CommandResult attempt(Duration deadline, List<String> command, String input) {
        Process process = spawn(new ProcessBuilder(command));
        try {
            Reader output = Reader.of(process.getInputStream());
            Reader errors = Reader.of(process.getErrorStream());
            write(process, input);
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new CommandFailedException(
                        "no end within "
                                + deadline.toSeconds()
                                + " s: "
                                + String.join(" ", command));
            }
            return new CommandResult(command, process.exitValue(), output.text(), errors.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted: " + String.join(" ", command));
        }
    }

    /// Starts a long-lived program in a session of its own: no signal of our terminal reaches it.
    public Process start(Path log, List<String> command) {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        return spawn(
                new ProcessBuilder(detached)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /// Starts a command whose output the caller reads while it runs.
    public Process startPiped(List<String> command) {
        return spawn(new ProcessBuilder(command).redirectErrorStream(true));
    }

    public synchronized void close() {
        closed = true;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Process spawn(ProcessBuilder builder) {
        if (closed) {
            throw new CommandFailedException("the lab is being taken down");
        }
        builder.environment().put(MARK, mark);
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Process process, String input) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            // It ended without reading what we gave it: its exit status says the rest.
        }
    }

    /// Reads a stream to its end on a thread of its own, so that the command never waits for us.
    private record Reader(Thread thread, AtomicReference<String> read) {
        static Reader of(InputStream in) {
            AtomicReference<String> read = new AtomicReference<>("");
            return new Reader(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (in) {
                                    read.set(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                                } catch (IOException e) {
                                    read.set("unreadable: " + e.getMessage());
                                }
                            }),
                    read);
        }

        /// A daemon that the command left behind may hold the stream open: it is not waited for.
        String text() throws InterruptedException {
            thread.join(Duration.ofSeconds(1));
            return read.get();
        }
    }
}
