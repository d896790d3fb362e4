package org.edgeplex.state.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.edgeplex.state.EventLoop;

/// A loop whose time is moved by the test: everything is as it is told to be.
public final class ManualLoop implements EventLoop {
    private record Due(long atNanos, long sequence, Runnable task) {}

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::sequence));
    private long nowNanos = 1_000_000_000_000L;
    private long sequence;
    private volatile boolean closed;

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            tasks.add(task);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(nowNanos + delay.toNanos(), sequence++, task);
        if (!closed) {
            timers.add(due);
        }
        return () -> timers.remove(due);
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
        timers.clear();
    }

    /// Runs what is to run now.
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }

    /// Lets time pass, and runs nothing: the process stands still.
    public void stall(Duration duration) {
        nowNanos += duration.toNanos();
    }

    /// Lets time pass, and runs what becomes due on the way.
    public void advance(Duration duration) {
        run();
        long endNanos = nowNanos + duration.toNanos();
        while (!timers.isEmpty() && timers.element().atNanos() <= endNanos) {
            Due due = timers.remove();
            nowNanos = Math.max(nowNanos, due.atNanos());
            due.task().run();
            run();
        }
        nowNanos = endNanos;
    }
}
