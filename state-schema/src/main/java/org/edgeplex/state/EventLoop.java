package org.edgeplex.state;

import java.time.Duration;
import java.util.concurrent.Executor;

/// One thread that does one thing after another, and its clock: where the deciding parts of engines
/// and clients run, so that a simulation can run them on its own time.
///
/// Tasks that are due run in the order in which they became due. What runs here must not block.
public interface EventLoop extends Executor, AutoCloseable {
    /// A clock that never goes back, of no meaning outside this loop.
    long nowNanos();

    /// Runs the task on the loop, after those that were given before. Safe from any thread; does
    /// nothing after [#close].
    @Override
    void execute(Runnable task);

    /// Runs the task on the loop when the delay is over, unless it was cancelled.
    Timer schedule(Duration delay, Runnable task);

    /// Ends the loop; what has not run will not.
    @Override
    void close();

    /// A task that waits for its time.
    @FunctionalInterface
    interface Timer {
        /// Without effect when it has run. For the loop's own thread.
        void cancel();
    }
}
