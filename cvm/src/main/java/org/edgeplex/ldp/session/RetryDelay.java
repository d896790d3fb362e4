package org.edgeplex.ldp.session;

import java.util.concurrent.TimeUnit;
import org.edgeplex.ldp.fsm.SessionDownReason;

/// How long the active side waits before it connects again.
///
/// A refused Initialization: 15 s doubling to 2 min (RFC 5036, section 2.5.3). Anything else, such
/// as a peer that has not heard our hello yet: 1 s doubling to 15 s.
final class RetryDelay {
    private static final long REJECTED_FIRST_SECONDS = 15;
    private static final long REJECTED_MAX_SECONDS = 120;
    private static final long LOST_FIRST_SECONDS = 1;
    private static final long LOST_MAX_SECONDS = 15;
    private static final int DOUBLINGS_MAX = 8;

    private int failures;

    void reset() {
        failures = 0;
    }

    long nextNanos(SessionDownReason reason) {
        boolean rejected =
                switch (reason) {
                    case SessionDownReason.PeerNotified notified -> notified.rejectsSession();
                    case SessionDownReason.WeNotified(var status) -> status.rejectsSession();
                    case SessionDownReason.ConnectionLost() -> false;
                };
        long first = rejected ? REJECTED_FIRST_SECONDS : LOST_FIRST_SECONDS;
        long max = rejected ? REJECTED_MAX_SECONDS : LOST_MAX_SECONDS;
        long seconds = Math.min(first << Math.min(failures, DOUBLINGS_MAX), max);
        failures++;
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
