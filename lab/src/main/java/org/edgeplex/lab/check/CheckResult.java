package org.edgeplex.lab.check;

import java.time.Duration;

/// How a check ended. A measurement that could not be taken has failed.
public record CheckResult(Check check, Measurement measurement, Duration took) {
    public boolean passed() {
        return measurement.passed();
    }

    public static CheckResult of(Check check) {
        long startNanos = System.nanoTime();
        Measurement measurement = measure(check);
        return new CheckResult(
                check, measurement, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /// A tool that fails, a peer that is silent: the check failed, the others go on.
    private static Measurement measure(Check check) {
        try {
            return check.measure().get();
        } catch (RuntimeException e) {
            return new Measurement(false, 0, "", String.valueOf(e.getMessage()));
        }
    }
}
