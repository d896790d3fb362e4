package org.edgeplex.state;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An [EventLoop] in real time, on a daemon thread of its own.
public final class SystemEventLoop implements EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SystemEventLoop.class);

    private final ScheduledThreadPoolExecutor executor;

    public SystemEventLoop(String name) {
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().name(name).daemon().factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> logged(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Future<?> future =
                executor.schedule(() -> logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of the loop failed", e);
            throw e;
        }
    }
}
