package org.edgeplex.lab.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition of another program, which cannot call us when it comes true.
public final class Poll {
    private Poll() {}

    /// True as soon as the condition is; false when the deadline passed first.
    public static boolean until(Duration deadline, BooleanSupplier condition) {
        return untilPresent(
                        deadline,
                        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /// The value as soon as there is one; empty when the deadline passed first.
    public static <T> Optional<T> untilPresent(Duration deadline, Supplier<Optional<T>> question) {
        return untilPresent(deadline, Deadlines.POLL_INTERVAL, question);
    }

    public static <T> Optional<T> untilPresent(
            Duration deadline, Duration interval, Supplier<Optional<T>> question) {
        long endNanos = System.nanoTime() + deadline.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - endNanos >= 0) {
                return answer;
            }
            pause(interval);
        }
    }

    private static void pause(Duration interval) {
        try {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while waiting");
        }
    }
}
