package org.edgeplex.dataplane.io.linux;

/// How much later than asked for the kernel wakes a thread: by default up to 50 microseconds, so
/// that it can wake several at once.
public final class TimerSlack {
    private TimerSlack() {}

    /// The calling thread wakes when it asked to.
    public static void minimize() {
        Libc.setTimerSlack(1);
    }
}
