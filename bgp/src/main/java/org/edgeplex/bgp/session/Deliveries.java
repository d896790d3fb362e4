package org.edgeplex.bgp.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the listener, in order, on a thread of its own, which the listener may block.
///
/// The queue is bounded by the credits of [Connection]: each waiting UPDATE holds one. A route
/// refresh that waits already is not put in twice.
final class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final LinkedBlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
    private final Set<AddressFamily> waitingRefreshes = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RouteListener listener;
    private final Consumer<RuntimeException> onFailure;
    private final Thread thread;

    /// One call to make.
    sealed interface Delivery {
        record Established(Negotiated negotiated) implements Delivery {}

        record Updates(Connection from, List<RouteUpdate> changes) implements Delivery {}

        record RouteRefresh(AddressFamily family) implements Delivery {}

        record Down(DownReason reason) implements Delivery {}

        /// There will be no more.
        record End() implements Delivery {}
    }

    Deliveries(String name, RouteListener listener, Consumer<RuntimeException> onFailure) {
        this.listener = listener;
        this.onFailure = onFailure;
        this.thread = Thread.ofVirtual().name(name + "-deliveries").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(Delivery delivery) {
        boolean repeated =
                delivery instanceof Delivery.RouteRefresh(AddressFamily family)
                        && !waitingRefreshes.add(family);
        if (!repeated) {
            queue.add(delivery);
        }
    }

    void awaitEnd() throws InterruptedException {
        if (!Thread.currentThread().equals(thread)) {
            ended.await();
        }
    }

    private void run() {
        try {
            List<Delivery> waiting = new ArrayList<>();
            while (true) {
                waiting.add(queue.take());
                queue.drainTo(waiting);
                for (int i = 0; i < waiting.size(); ) {
                    if (waiting.get(i) instanceof Delivery.End) {
                        return;
                    }
                    i += deliver(waiting.subList(i, waiting.size()));
                }
                waiting.clear();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /// Makes one call for the first of those that wait, or for as many as one call can take.
    private int deliver(List<Delivery> waiting) {
        int count = 1;
        try {
            switch (waiting.getFirst()) {
                case Delivery.Established(Negotiated negotiated) ->
                        listener.established(negotiated);
                case Delivery.Updates first -> {
                    while (count < waiting.size()
                            && waiting.get(count) instanceof Delivery.Updates) {
                        count++;
                    }
                    deliverUpdates(waiting.subList(0, count));
                }
                case Delivery.RouteRefresh(AddressFamily family) -> {
                    waitingRefreshes.remove(family);
                    listener.routeRefreshRequested(family);
                }
                case Delivery.Down(DownReason reason) -> listener.down(reason);
                case Delivery.End() -> throw new IllegalStateException("the end is not a call");
            }
        } catch (RuntimeException failure) {
            log.error("the listener of {} failed: the session is reset", thread.getName(), failure);
            onFailure.accept(failure);
        }
        return count;
    }

    private void deliverUpdates(List<Delivery> updates) {
        List<RouteUpdate> changes = new ArrayList<>();
        try {
            for (Delivery delivery : updates) {
                for (RouteUpdate change : ((Delivery.Updates) delivery).changes()) {
                    if (change instanceof RouteUpdate.Withdrawn withdrawn
                            && withdrawn.isEndOfRib()) {
                        deliverChanges(changes);
                        listener.endOfRib(withdrawn.family());
                    } else {
                        changes.add(change);
                    }
                }
            }
            deliverChanges(changes);
        } finally {
            for (Delivery delivery : updates) {
                ((Delivery.Updates) delivery).from().release(1);
            }
        }
    }

    private void deliverChanges(List<RouteUpdate> changes) {
        if (!changes.isEmpty()) {
            listener.updates(List.copyOf(changes));
            changes.clear();
        }
    }
}
