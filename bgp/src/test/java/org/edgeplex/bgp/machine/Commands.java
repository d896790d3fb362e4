package org.edgeplex.bgp.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Commands of the machine, and waiting for what they say.
final class Commands {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Commands() {}

    /// The output of a command that has to succeed.
    static String run(List<String> command) {
        Outcome outcome = execute(command);
        if (outcome.exit != 0) {
            throw new AssertionError(command + " -> " + outcome);
        }
        return outcome.output;
    }

    static String run(String... command) {
        return run(List.of(command));
    }

    /// The output of a command, whether it succeeds or not.
    static String ask(String... command) {
        return execute(List.of(command)).output;
    }

    /// For cleaning up: whatever comes of it.
    static void tryRun(String... command) {
        execute(List.of(command));
    }

    private record Outcome(int exit, String output) {}

    private static Outcome execute(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException error) {
            throw new AssertionError(command.toString(), error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command.toString(), error);
        }
    }

    /// Asks until the answer is the wanted one, and returns it.
    static String await(String what, Supplier<String> question, Predicate<String> wanted) {
        long deadlineNanos = System.nanoTime() + DEADLINE_NANOS;
        String answer = question.get();
        while (!wanted.test(answer)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError(what + " did not happen; last seen:\n" + answer);
            }
            LockSupport.parkNanos(POLL_NANOS);
            answer = question.get();
        }
        return answer;
    }
}
