package org.edgeplex.bgp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that goes on when the test says so.
final class ManualClock implements SessionClock {
    private final List<Task> tasks = new ArrayList<>();
    private long nowNanos;

    private record Task(long dueNanos, Runnable action) {}

    @Override
    public synchronized long nowNanos() {
        return nowNanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    @Override
    public synchronized Scheduled after(long delayNanos, Runnable action) {
        Task task = new Task(nowNanos + delayNanos, action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    void advance(Duration duration) {
        dueAfter(duration).forEach(task -> task.action().run());
    }

    private synchronized List<Task> dueAfter(Duration duration) {
        nowNanos += duration.toNanos();
        List<Task> due =
                tasks.stream()
                        .filter(task -> task.dueNanos() <= nowNanos)
                        .sorted(Comparator.comparingLong(Task::dueNanos))
                        .toList();
        tasks.removeAll(due);
        return due;
    }
}
