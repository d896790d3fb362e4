package org.edgeplex.controller.compute.netns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.edgeplex.controller.compute.RunningProgram;

/// Which programs run, and who has just ended.
///
/// The end of a child is told by the kernel at once; adopted programs are looked at every 50 ms, as
/// long as there are any.
final class ProcessWatch implements AutoCloseable {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<RunningProgram> running = new LinkedHashSet<>();
    private final Set<RunningProgram> adopted = new LinkedHashSet<>();
    private final List<Consumer<RunningProgram>> listeners = new ArrayList<>();
    private boolean closed;

    ProcessWatch(List<RunningProgram> found, String name) {
        running.addAll(found);
        adopted.addAll(found);
        if (!found.isEmpty()) {
            Thread.ofVirtual().name("adopted programs of " + name).start(this::look);
        }
    }

    void started(RunningProgram program, Process child) {
        lock.lock();
        try {
            running.add(program);
        } finally {
            lock.unlock();
        }
        var _ = child.onExit().thenRun(() -> ended(program));
    }

    List<RunningProgram> running() {
        lock.lock();
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    void onExit(Consumer<RunningProgram> listener) {
        lock.lock();
        try {
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the program has ended. Returns whether it has.
    boolean awaitEnd(RunningProgram program, Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (running.contains(program) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !running.contains(program);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    static boolean isAlive(RunningProgram program) {
        return ProcFs.alive(program.pid())
                .filter(stat -> stat.startedMillis() == program.startedMillis())
                .isPresent();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            listeners.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        boolean more = true;
        while (more) {
            List<RunningProgram> gone;
            lock.lock();
            try {
                changed.await(LOOK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
                gone = adopted.stream().filter(program -> !isAlive(program)).toList();
                gone.forEach(adopted::remove);
                more = !closed && !adopted.isEmpty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            gone.forEach(this::ended);
        }
    }

    private void ended(RunningProgram program) {
        List<Consumer<RunningProgram>> told;
        lock.lock();
        try {
            running.remove(program);
            told = List.copyOf(listeners);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        told.forEach(listener -> listener.accept(program));
    }
}
