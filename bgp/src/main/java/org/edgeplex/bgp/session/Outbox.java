package org.edgeplex.bgp.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.RouteUpdate;

/// What one connection has to send: messages that must go now, and routes that may wait.
///
/// Nobody who puts something in waits; only the connection's writer does, for something to send.
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Octets> urgent = new ArrayDeque<>();
    private final PendingRoutes routes = new PendingRoutes();
    private boolean finished;

    /// The next thing to send.
    sealed interface Item {
        /// A whole message.
        record Urgent(Octets message) implements Item {}

        record Routes(RouteUpdate change) implements Item {}

        /// Nothing will come any more.
        record End() implements Item {}
    }

    /// A message equal to the last one that waits is left out: one KEEPALIVE says it all.
    void send(Octets message) {
        locked(() -> {
            if (!finished && !message.equals(urgent.peekLast())) {
                urgent.add(message);
            }
        });
    }

    /// Leaves routes unsent, sends the last word, if any, and ends.
    void finish(Optional<Octets> lastWord) {
        locked(() -> {
            if (!finished) {
                finished = true;
                lastWord.ifPresent(urgent::add);
            }
        });
    }

    /// Changes the routes that wait, unless it is too late.
    boolean changeRoutes(Consumer<PendingRoutes> change) {
        lock.lock();
        try {
            if (!finished) {
                change.accept(routes);
                changed.signal();
            }
            return !finished;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next thing to send.
    Item take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Octets message = urgent.poll();
                if (message != null) {
                    return new Item.Urgent(message);
                }
                if (finished) {
                    return new Item.End();
                }
                Optional<RouteUpdate> change = routes.take();
                if (change.isPresent()) {
                    return new Item.Routes(change.get());
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
