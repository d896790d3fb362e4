package org.edgeplex.controller.health;

import java.time.Duration;

/// How patient the detector is.
///
/// @param suspectAfter silence of a program that has been up
/// @param startAllowance silence of a program that has just been started
/// @param lookMax how much silence one look may add: when the observer itself was held up (a busy
///   or suspended machine), so were the observed, and the time says nothing about them
public record HealthTiming(Duration suspectAfter, Duration startAllowance, Duration lookMax) {
    public static final HealthTiming DEFAULT =
            new HealthTiming(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(250));
}
