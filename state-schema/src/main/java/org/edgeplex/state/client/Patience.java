package org.edgeplex.state.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.edgeplex.state.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// With a store that does not answer: work that is tried again anyway is tried again for so long.
/// For one thread.
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final long nanosMax;
    private final LongSupplier nowNanos;
    private long troubledSinceNanos;
    private boolean isTroubled;

    /// @param most how long the store may be without an answer
    public Patience(Duration most) {
        this(most, System::nanoTime);
    }

    Patience(Duration most, LongSupplier nowNanos) {
        this.nanosMax = most.toNanos();
        this.nowNanos = nowNanos;
    }

    /// Does what can be done again as a whole: returns whether it was done.
    ///
    /// Fails with what the work failed with: [StoreException] when the patience is over, and
    /// anything else at once.
    public boolean attempt(Runnable work) {
        long began = nowNanos.getAsLong();
        try {
            work.run();
        } catch (StoreException e) {
            endure(e, began);
            return false;
        }
        if (isTroubled) {
            isTroubled = false;
            LOG.info("the store answers again");
        }
        return true;
    }

    private void endure(StoreException failure, long beganNanos) {
        if (!isTroubled) {
            isTroubled = true;
            troubledSinceNanos = beganNanos;
            LOG.warn("the store does not answer, trying again: {}", failure.getMessage());
        }
        if (nowNanos.getAsLong() - troubledSinceNanos > nanosMax) {
            throw failure;
        }
    }
}
