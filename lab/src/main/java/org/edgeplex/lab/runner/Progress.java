package org.edgeplex.lab.runner;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/// Tells a person what the lab does, one line a step, with the time since it began.
public final class Progress {
    private final PrintWriter out;
    private final long startNanos = System.nanoTime();

    public Progress(PrintWriter out) {
        this.out = out;
    }

    public void say(String line) {
        out.printf("%6.1f s  %s%n", seconds(elapsed()), line);
        out.flush();
    }

    /// More of the step before; no time of its own.
    public void detail(String text) {
        text.lines().forEach(line -> out.printf("          %s%n", line));
        out.flush();
    }

    public void print(String text) {
        out.println(text);
        out.flush();
    }

    public void step(String what, Runnable work) {
        result(
                what,
                () -> {
                    work.run();
                    return true;
                });
    }

    public <T> T result(String what, Callable<T> work) {
        say(what);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
