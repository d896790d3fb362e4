package org.edgeplex.pvm;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;

/// A store in memory that counts batches of customer routes, and holds them up while it is shut.
final class GatedStore extends DelegatingStore {
    private final AtomicInteger batches = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    GatedStore() {
        super(new MemoryStateStore());
    }

    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    int batches() {
        return batches.get();
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        if (writes.getFirst().table().equals(Tables.CUSTOMER_ROUTES.id())) {
            batches.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return super.write(writes, timeout);
    }
}
