package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.EventLoop;

/// The loop of a process whose program is made of callbacks. They run on the process's strand: so
/// they may wait, as a poll of the change cursor does, and what comes meanwhile waits for them.
final class StrandLoop implements EventLoop {
    private final SimProcess process;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private CompletableFuture<Boolean> arrival = new CompletableFuture<>();
    private boolean isClosed;

    StrandLoop(SimProcess process) {
        this.process = process;
    }

    /// Runs what comes until it is closed, or the process is killed.
    void run() {
        while (!isClosed) {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            } else {
                arrival = new CompletableFuture<>();
                CompletableFuture<Boolean> _ = process.await(arrival);
            }
        }
    }

    @Override
    public long nowNanos() {
        return process.loop().nowNanos();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        arrival.complete(true);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Later later = new Later(task);
        process.loop().schedule(delay, () -> execute(later));
        return later;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private static final class Later implements Runnable, Timer {
        private final Runnable task;
        private boolean isCancelled;

        Later(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!isCancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }
}
