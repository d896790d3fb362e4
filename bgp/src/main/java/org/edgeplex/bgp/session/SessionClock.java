package org.edgeplex.bgp.session;

import java.time.Instant;

/// Time as a speaker sees it: the machine's ([#system]), or a test's.
public interface SessionClock {
    /// Never goes back; has no meaning but by difference.
    long nowNanos();

    /// The time of day, for people.
    Instant now();

    /// Runs the task once, after the delay, on any thread. The task will not block.
    Scheduled after(long delayNanos, Runnable task);

    /// A task that has been scheduled.
    @FunctionalInterface
    interface Scheduled {
        /// Harmless when the task has run or was cancelled; it may be running just now.
        void cancel();
    }

    /// The machine's clock.
    static SessionClock system() {
        return SystemClock.INSTANCE;
    }
}
