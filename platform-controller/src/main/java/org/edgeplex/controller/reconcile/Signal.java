package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes the reconciler: raised by anybody, lowered by whoever waited for it.
public final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean raised;

    public void raise() {
        lock.lock();
        try {
            raised = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it is raised, or the time is over. Returns whether it was raised.
    boolean await(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!raised && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean was = raised;
            raised = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
