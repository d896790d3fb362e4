package org.edgeplex.bgp.session;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One timer of a machine, made to be restarted with every message: a restart only moves the
/// deadline, and the task that wakes too early goes back to sleep.
///
/// Used by the peer's loop only; what wakes it comes back through `loop`.
final class RestartableTimer {
    private static final SessionClock.Scheduled NOT_SCHEDULED = () -> {};

    private final SessionClock clock;
    private final Consumer<Runnable> loop;
    private final Runnable expired;
    private boolean running;
    private boolean sleeping;
    private long periodNanos;
    private long deadlineNanos;
    private long wakeNanos;
    private long generation;
    private SessionClock.Scheduled scheduled = NOT_SCHEDULED;

    RestartableTimer(SessionClock clock, Consumer<Runnable> loop, Runnable expired) {
        this.clock = clock;
        this.loop = loop;
        this.expired = expired;
    }

    boolean isRunning() {
        return running;
    }

    /// A period of zero means that the timer is not used (RFC 4271, section 4.2: hold time 0).
    void start(long nanos) {
        stop();
        periodNanos = nanos;
        restart();
    }

    void restart() {
        if (periodNanos == 0) {
            return;
        }
        running = true;
        deadlineNanos = clock.nowNanos() + periodNanos;
        if (!sleeping || deadlineNanos - wakeNanos < 0) {
            scheduled.cancel();
            sleepUntilDeadline();
        }
    }

    void restart(long nanos) {
        periodNanos = nanos;
        restart();
    }

    void stop() {
        running = false;
        sleeping = false;
        generation++;
        scheduled.cancel();
        scheduled = NOT_SCHEDULED;
    }

    static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private void sleepUntilDeadline() {
        long mine = ++generation;
        sleeping = true;
        wakeNanos = deadlineNanos;
        scheduled =
                clock.after(
                        Math.max(0, deadlineNanos - clock.nowNanos()),
                        () -> loop.accept(() -> wake(mine)));
    }

    private void wake(long wokenGeneration) {
        if (wokenGeneration != generation || !running) {
            return; // stopped or restarted while the wake-up was under way
        }
        if (deadlineNanos - clock.nowNanos() > 0) {
            sleepUntilDeadline();
        } else {
            sleeping = false;
            running = false;
            expired.run();
        }
    }
}
