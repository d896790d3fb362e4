package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.edgeplex.state.EventLoop;

/// Virtual time: it stands while something runs, and jumps to the next event. Events of one moment
/// run in the order in which they were asked for.
final class SimLoop implements EventLoop {
    private static final Comparator<Event> IN_TIME =
            Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number);

    private final PriorityQueue<Event> events = new PriorityQueue<>(IN_TIME);
    private long nowNanos;
    private long numbers;

    private static final class Event implements Timer {
        private final long atNanos;
        private final long number;
        private final Runnable task;
        private boolean cancelled;

        Event(long atNanos, long number, Runnable task) {
            this.atNanos = atNanos;
            this.number = number;
            this.task = task;
        }

        long atNanos() {
            return atNanos;
        }

        long number() {
            return number;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Event event = new Event(nowNanos + Math.max(0, delay.toNanos()), numbers++, task);
        events.add(event);
        return event;
    }

    /// Runs the next event at or before a moment; false when there is none.
    boolean step(long untilNanos) {
        Event next = events.peek();
        if (next == null || next.atNanos > untilNanos) {
            return false;
        }
        events.remove();
        nowNanos = next.atNanos;
        if (!next.cancelled) {
            next.task.run();
        }
        return true;
    }

    /// How many events there have been.
    long count() {
        return numbers - events.size();
    }

    @Override
    public void close() {
        events.clear();
    }
}
