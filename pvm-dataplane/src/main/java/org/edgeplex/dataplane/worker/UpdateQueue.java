package org.edgeplex.dataplane.worker;

import java.util.List;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/// From the one thread that feeds to the one that forwards. Bounded: the feeder sees back-pressure.
public final class UpdateQueue {
    public static final int UPDATES_MAX = 4096;

    private final SpscAtomicArrayQueue<ForwardingUpdate> queue =
            new SpscAtomicArrayQueue<>(UPDATES_MAX);

    /// False if the queue is full: wake the worker and try again.
    public boolean offer(ForwardingUpdate update) {
        return queue.offer(update);
    }

    /// Offers the updates from an index on, and returns the index of the first that did not fit, or
    /// the size.
    public int offer(List<ForwardingUpdate> updates, int from) {
        int next = from;
        while (next < updates.size() && queue.offer(updates.get(next))) {
            next++;
        }
        return next;
    }

    /// For the worker: moves updates into the array until it is full or the queue empty, and
    /// returns how many.
    int poll(ForwardingUpdate[] batch) {
        int count = 0;
        while (count < batch.length) {
            ForwardingUpdate update = queue.poll();
            if (update == null) {
                break;
            }
            batch[count++] = update;
        }
        return count;
    }
}
