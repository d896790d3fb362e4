package org.edgeplex.dataplane.worker;

import java.util.Queue;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/// From the one thread that feeds to the one that forwards. Bounded: the feeder sees back-pressure.
public final class UpdateQueue {
    public static final int UPDATES_MAX = 4096;

    private final Queue<ForwardingUpdate> queue = new SpscAtomicArrayQueue<>(UPDATES_MAX);

    /// False if the queue is full: wake the worker and try again.
    public boolean offer(ForwardingUpdate update) {
        return queue.offer(update);
    }

    Queue<ForwardingUpdate> toWorker() {
        return queue;
    }
}
