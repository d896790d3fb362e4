package org.edgeplex.controller.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in the store, the latest of them in memory; readers wait for more.
///
/// An event is durable before anybody sees it, so a sequence number never means two things.
public final class EventLog {
    /// Nothing is left of the subject.
    public static final String GONE = "GONE";

    /// It does not get on, for now; the phase it has stays.
    public static final String FAILED = "FAILED";

    public static final int EVENTS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int DETAIL_LENGTH_MAX = 1_000;

    private final StateWriter writer;
    private final LongSupplier nowMillis;
    private final int eventsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Deque<LoggedEvent> kept = new ArrayDeque<>();
    private final Map<String, String> phases = new HashMap<>();
    private long lastSequence;

    public EventLog(State state, StateWriter writer, LongSupplier nowMillis) {
        this(state, writer, nowMillis, EVENTS_MAX);
    }

    EventLog(State state, StateWriter writer, LongSupplier nowMillis, int eventsMax) {
        this.writer = writer;
        this.nowMillis = nowMillis;
        this.eventsMax = eventsMax;
        for (Stored<Long, Event> stored :
                state.scan(Tables.EVENTS, Bytes.EMPTY, State.OnDamage.SKIP)) {
            kept.add(new LoggedEvent(stored.key(), stored.value()));
            lastSequence = stored.key();
            phase(stored.value());
        }
    }

    public LoggedEvent append(String subject, String phase, String detail) {
        String bounded =
                detail.length() > DETAIL_LENGTH_MAX
                        ? detail.substring(0, DETAIL_LENGTH_MAX)
                        : detail;
        lock.lock();
        try {
            Event event = new Event(nowMillis.getAsLong(), subject, phase, bounded);
            LoggedEvent logged = new LoggedEvent(lastSequence + 1, event);
            List<Write> writes = new ArrayList<>();
            writes.add(writer.toPut(Tables.EVENTS, logged.sequence(), event));
            List<LoggedEvent> oldest =
                    kept.stream().limit(Math.max(0, kept.size() + 1 - eventsMax)).toList();
            oldest.forEach(old -> writes.add(writer.toRemove(Tables.EVENTS, old.sequence())));
            writer.writeAll(writes);
            lastSequence = logged.sequence();
            kept.add(logged);
            phase(event);
            oldest.forEach(_ -> kept.removeFirst());
            appended.signalAll();
            LOG.info("{} {}: {}", subject, phase, bounded);
            return logged;
        } finally {
            lock.unlock();
        }
    }

    public long lastSequence() {
        lock.lock();
        try {
            return lastSequence;
        } finally {
            lock.unlock();
        }
    }

    /// The phase that was last told of the subject, `FAILED` apart; empty: none, or it is gone.
    public String phaseOf(String subject) {
        lock.lock();
        try {
            return phases.getOrDefault(subject, "");
        } finally {
            lock.unlock();
        }
    }

    /// What is kept after this sequence number, in order.
    public List<LoggedEvent> since(long sequence, int max) {
        lock.lock();
        try {
            return kept.stream().filter(logged -> logged.sequence() > sequence).limit(max).toList();
        } finally {
            lock.unlock();
        }
    }

    /// As [#since], but waits for an event to come; empty when none did.
    public List<LoggedEvent> await(long sequence, int max, Duration wait)
            throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (lastSequence <= sequence && left > 0) {
                left = appended.awaitNanos(left);
            }
            return since(sequence, max);
        } finally {
            lock.unlock();
        }
    }

    private void phase(Event event) {
        switch (event.phase()) {
            case FAILED -> {}
            case GONE -> phases.remove(event.subject());
            default -> phases.put(event.subject(), event.phase());
        }
    }
}
