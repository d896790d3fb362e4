package org.edgeplex.state.ramcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.edgeplex.state.EventLoop;

/// A loop in time of its own that a test drives, and the loops of processes on it, which may stand
/// still or end.
final class VirtualTime implements EventLoop {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number));
    private long nowNanos;
    private long lastNumber;

    private record Task(long dueNanos, long number, Runnable work) {}

    /// Runs the next task; false: there is none before the time.
    boolean step(long untilNanos) {
        Task next = tasks.peek();
        if (next == null || next.dueNanos > untilNanos) {
            nowNanos = Math.max(nowNanos, untilNanos);
            return false;
        }
        tasks.remove();
        nowNanos = next.dueNanos;
        next.work.run();
        return true;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(nowNanos, ++lastNumber, task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task scheduled = new Task(nowNanos + delay.toNanos(), ++lastNumber, task);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    @Override
    public void close() {
        tasks.clear();
    }

    ProcessLoop process() {
        return new ProcessLoop();
    }

    /// A process's own loop.
    final class ProcessLoop implements EventLoop {
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean isPaused;
        private boolean isDead;

        /// As SIGSTOP.
        void pause() {
            isPaused = true;
        }

        /// As SIGCONT.
        void resume() {
            isPaused = false;
            List.copyOf(waiting).forEach(VirtualTime.this::execute);
            waiting.clear();
        }

        /// As SIGKILL.
        void kill() {
            isDead = true;
        }

        boolean isDead() {
            return isDead;
        }

        private void run(Runnable task) {
            if (isDead) {
                return;
            }
            if (isPaused) {
                waiting.add(() -> run(task));
            } else {
                task.run();
            }
        }

        @Override
        public long nowNanos() {
            return VirtualTime.this.nowNanos();
        }

        @Override
        public void execute(Runnable task) {
            VirtualTime.this.execute(() -> run(task));
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return VirtualTime.this.schedule(delay, () -> run(task));
        }

        @Override
        public void close() {
            kill();
        }
    }
}
