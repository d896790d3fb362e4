package org.edgeplex.dataplane.forward;

/// How much an access may send or receive: a single rate three color marker (RFC 2697),
/// color-blind. Without an excess burst it is a single rate and two colors.
///
/// What is within the committed burst goes on, what is within the excess burst goes on and is
/// counted, the rest is dropped.
///
/// @param bytesPerSecond of IP packets, without what carries them on the link
/// @param committedBurstBytes what may come at once
/// @param excessBurstBytes what may come beyond, saved up while less came
public record Policer(long bytesPerSecond, long committedBurstBytes, long excessBurstBytes) {
    /// A terabit a second.
    public static final long BYTES_PER_SECOND_MAX = 125_000_000_000L;

    public static final long BURST_BYTES_MAX = 1L << 30;

    public Policer {
        if (bytesPerSecond < 1 || bytesPerSecond > BYTES_PER_SECOND_MAX) {
            throw new IllegalArgumentException("rate out of range: " + bytesPerSecond);
        }
        if (committedBurstBytes < 1
                || committedBurstBytes > BURST_BYTES_MAX
                || excessBurstBytes < 0
                || excessBurstBytes > BURST_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "burst out of range: " + committedBurstBytes + ", " + excessBurstBytes);
        }
    }
}
