package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.ramcloud.model.Network;

/// Delays, reorders, loses and repeats, and delivers some writes long after their client gave up.
final class RoughNetwork implements Network {
    private final SplittableRandom random;
    private final double trouble;
    private boolean isCalm = true;

    /// Calm at first.
    ///
    /// @param trouble the share of requests that something happens to
    RoughNetwork(SplittableRandom random, double trouble) {
        this.random = random;
        this.trouble = trouble;
    }

    void calm(boolean wanted) {
        isCalm = wanted;
    }

    @Override
    public Fate of(Kind kind) {
        Duration request = micros(50, 500);
        Duration reply = micros(50, 500);
        if (isCalm || random.nextDouble() >= trouble) {
            return Fate.after(request, reply);
        }
        return switch (random.nextInt(kind == Kind.WRITE ? 6 : 3)) {
            case 0 -> Fate.LOST;
            case 1 -> Fate.after(micros(500, 20_000), reply);
            case 2 -> new Fate(List.of(request), -1, reply);
            // The answer was lost: sent again, and that is answered.
            case 3 -> new Fate(List.of(request, micros(500, 20_000)), 1, reply);
            // A copy wanders about.
            case 4 -> new Fate(List.of(request, micros(1_000, 2_000_000)), 0, reply);
            // It comes when nobody waits any more.
            default -> new Fate(List.of(micros(50_000, 2_000_000)), 0, reply);
        };
    }

    private Duration micros(int from, int to) {
        return Duration.ofNanos(1_000L * random.nextInt(from, to));
    }
}
