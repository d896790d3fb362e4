package org.edgeplex.state.client;

import java.time.Duration;

/// How an instance takes part in firing timers.
///
/// @param tickInterval between two looks at what is due and what changed: how late a timer may be
/// @param leaseInterval between two heartbeats of a shard's owner
/// @param timeout of an operation of the store
/// @param retryInterval after which an action that failed is tried again
/// @param claimsMax in one tick
public record TimerOptions(
        Duration tickInterval,
        Duration leaseInterval,
        Duration timeout,
        Duration retryInterval,
        int claimsMax) {
    public static final TimerOptions DEFAULT =
            new TimerOptions(
                    Duration.ofMillis(20),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    256);
}
