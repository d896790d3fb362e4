package org.edgeplex.controller.health;

import java.time.Duration;

/// How patient the detector is.
///
/// @param suspectAfter silence of a program that has been up for a while and beats regularly
/// @param settleAllowance silence of a program that has just come up, or beat as irregularly as one
///   that has; in the seconds after, it shrinks to `suspectAfter`
/// @param startAllowance silence of a program that has just been started
/// @param lookMax how much silence one look may add: when the observer itself was held up (a busy
///   or suspended machine), so were the observed, and the time says nothing about them
/// @param stallMax how much longer than usual any silence may be, however a program has been
///   beating, and also when the store itself takes no heartbeats. Then all are suspected: one of
///   them may be what holds the store up, such as a stopped process in the middle of a write to
///   LMDB. Less than [org.edgeplex.state.client.Life#PATIENCE], after which the programs end by
///   themselves, the observer too
public record HealthTiming(
        Duration suspectAfter,
        Duration settleAllowance,
        Duration startAllowance,
        Duration lookMax,
        Duration stallMax) {
    public static final HealthTiming DEFAULT =
            new HealthTiming(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(20));
}
