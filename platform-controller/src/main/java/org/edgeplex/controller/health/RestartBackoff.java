package org.edgeplex.controller.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Keeps a program that crashes as soon as it is started from eating the machine.
///
/// The first restart is at once. Each further one waits twice as long, until the program has been
/// alive for a while. Used by one thread.
public final class RestartBackoff {
    static final Duration DELAY_FIRST = Duration.ofMillis(500);
    static final Duration DELAY_MAX = Duration.ofSeconds(10);

    /// A program that lived so long did not crash of being started.
    static final Duration STABLE_AFTER = Duration.ofSeconds(2);

    private record History(int failures, long startedNanos, long aliveSinceNanos, boolean alive) {}

    private final Map<String, History> histories = new HashMap<>();

    public boolean mayStart(String holder, long nowNanos) {
        History history = histories.get(holder);
        return history == null
                || nowNanos - history.startedNanos()
                        >= delay(failuresBefore(history, nowNanos)).toNanos();
    }

    public void started(String holder, long nowNanos) {
        History history = histories.get(holder);
        int failures = history == null ? 0 : failuresBefore(history, nowNanos) + 1;
        histories.put(holder, new History(failures, nowNanos, 0, false));
    }

    /// The program is alive at this moment.
    public void alive(String holder, long nowNanos) {
        histories.computeIfPresent(
                holder,
                (_, history) ->
                        history.alive()
                                ? stable(history, nowNanos)
                                : new History(
                                        history.failures(),
                                        history.startedNanos(),
                                        nowNanos,
                                        true));
    }

    public void forget(String holder) {
        histories.remove(holder);
    }

    private static History stable(History history, long nowNanos) {
        boolean stable = nowNanos - history.aliveSinceNanos() >= STABLE_AFTER.toNanos();
        return stable
                ? new History(0, history.startedNanos(), history.aliveSinceNanos(), true)
                : history;
    }

    private static int failuresBefore(History history, long nowNanos) {
        return history.alive() ? stable(history, nowNanos).failures() : history.failures();
    }

    private static Duration delay(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = DELAY_FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        return delay.compareTo(DELAY_MAX) < 0 ? delay : DELAY_MAX;
    }
}
