package org.edgeplex.pvm.core;

/// How long PVM control waits for what may never come.
///
/// @param staleNanos for a session, before routes of an earlier life are given up
/// @param endOfRibNanos for End-of-RIB in an established session, before they are given up
/// @param quietNanos without an UPDATE in an established session: taken for End-of-RIB, since not
///   every peer sends one
/// @param restartNanos in Idle after the peer sent too many prefixes
public record ControlLimits(
        long staleNanos, long endOfRibNanos, long quietNanos, long restartNanos) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    public static final ControlLimits DEFAULT =
            new ControlLimits(
                    120 * SECOND_NANOS, 120 * SECOND_NANOS, 10 * SECOND_NANOS, 300 * SECOND_NANOS);
}
