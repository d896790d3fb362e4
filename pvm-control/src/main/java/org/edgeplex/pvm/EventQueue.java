package org.edgeplex.pvm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.edgeplex.pvm.core.ControlEvent;

/// The bounded way from sessions and the link's keeper to the control loop.
///
/// Who offers waits while it is full: so a CE that sends faster than the store writes is slowed
/// down by TCP, and its routes never pile up here.
final class EventQueue {
    static final int EVENTS_MAX = 64;

    private final BlockingQueue<ControlEvent> events = new ArrayBlockingQueue<>(EVENTS_MAX);

    /// Waits for a place.
    void put(ControlEvent event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            // Only the end of the process interrupts its threads.
            Thread.currentThread().interrupt();
        }
    }

    /// What is there already.
    Optional<ControlEvent> poll() {
        return Optional.ofNullable(events.poll());
    }

    Optional<ControlEvent> poll(Duration wait) throws InterruptedException {
        return Optional.ofNullable(events.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    }
}
