package org.edgeplex.pvm.core;

/// Until when routes of an earlier life or session are kept for the peer to announce again.
final class StaleTimer {
    private sealed interface Phase {
        record Stopped() implements Phase {}

        record AwaitingSession(long untilNanos) implements Phase {}

        record AwaitingEndOfRib(long untilNanos, long quietUntilNanos) implements Phase {}
    }

    private final ControlLimits limits;
    private Phase phase = new Phase.Stopped();

    StaleTimer(ControlLimits limits) {
        this.limits = limits;
    }

    void awaitSession(long nowNanos) {
        phase = new Phase.AwaitingSession(nowNanos + limits.staleNanos());
    }

    void established(long nowNanos) {
        phase =
                new Phase.AwaitingEndOfRib(
                        nowNanos + limits.endOfRibNanos(), nowNanos + limits.quietNanos());
    }

    void updated(long nowNanos) {
        if (phase instanceof Phase.AwaitingEndOfRib(long untilNanos, _)) {
            phase = new Phase.AwaitingEndOfRib(untilNanos, nowNanos + limits.quietNanos());
        }
    }

    void stop() {
        phase = new Phase.Stopped();
    }

    boolean hasExpired(long nowNanos) {
        return switch (phase) {
            case Phase.Stopped() -> false;
            case Phase.AwaitingSession(long untilNanos) -> nowNanos - untilNanos >= 0;
            case Phase.AwaitingEndOfRib(long untilNanos, long quietUntilNanos) ->
                    nowNanos - untilNanos >= 0 || nowNanos - quietUntilNanos >= 0;
        };
    }
}
