package org.edgeplex.state.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.edgeplex.state.StoreException;

/// Back-pressure: who floods the store waits, not longer than for an answer.
final class Admission {
    /// What may wait at once: requests, and 4 KiB of what is written each.
    static final int COST_MAX = 16_384;

    private final String store;
    private final BooleanSupplier mustNotWait;
    private final Semaphore room = new Semaphore(COST_MAX);
    private final AtomicLong throttled = new AtomicLong();

    /// @param mustNotWait whether further answers may wait for this thread
    Admission(String store, BooleanSupplier mustNotWait) {
        this.store = store;
        this.mustNotWait = mustNotWait;
    }

    /// Fails the call if there is no room in its time.
    boolean admits(Call call) {
        if (room.tryAcquire(call.cost)) {
            return true;
        }
        throttled.incrementAndGet();
        String why = "more waits for the store already than it takes at once";
        try {
            // What hangs on an answer must not keep further answers from coming.
            long nanos = mustNotWait.getAsBoolean() ? 0 : call.deadlineNanos - System.nanoTime();
            if (room.tryAcquire(call.cost, nanos, TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted before the store took the request";
        }
        call.fail(new StoreException("store " + store + ": " + why));
        call.finish();
        return false;
    }

    void release(Call call) {
        room.release(call.cost);
    }

    /// How many had to wait.
    long throttled() {
        return throttled.get();
    }
}
