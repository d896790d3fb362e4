package org.edgeplex.dataplane.forward;

/// A rate limit: a burst, refilled at a steady pace.
final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int burst;
    private final long nanosPerToken;
    private int tokens;
    private long filledNanos;
    private boolean isStarted;

    TokenBucket(int perSecond, int burst) {
        this.burst = burst;
        nanosPerToken = NANOS_PER_SECOND / perSecond;
        tokens = burst;
    }

    /// True if the event may happen now.
    boolean take(long nowNanos) {
        if (!isStarted) {
            filledNanos = nowNanos;
            isStarted = true;
        }
        long due = (nowNanos - filledNanos) / nanosPerToken;
        if (due >= burst) {
            tokens = burst;
            filledNanos = nowNanos;
        } else if (due > 0) {
            tokens = Math.min(burst, tokens + (int) due);
            filledNanos += due * nanosPerToken;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
