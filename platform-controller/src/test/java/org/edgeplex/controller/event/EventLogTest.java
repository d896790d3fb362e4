package org.edgeplex.controller.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.memory.MemoryStateStore;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final State state = new State(new MemoryStateStore(), Duration.ofSeconds(1));
    private final StateWriter writer = state.as(new Leases(state).claim("controller", "test"));
    private final EventLog log = new EventLog(state, writer, () -> 7, 10);

    @Test
    void theOldestGoInStoreAndMemory() {
        for (int i = 1; i <= 25; i++) {
            log.append("red", "RUNNING", "event " + i);
        }
        assertEquals(10, state.scan(Tables.EVENTS).size());
        assertEquals(
                List.of(16L, 17L), log.since(0, 2).stream().map(LoggedEvent::sequence).toList());
    }

    @Test
    void aLaterLifeGoesOnWithTheNumbers() {
        log.append("red/pe1/red-1", "RUNNING", "");
        log.append("red/pe1/red-1", EventLog.FAILED, "no host");
        log.append("blue", "ACCEPTED", "");
        log.append("blue", EventLog.GONE, "");
        EventLog later = new EventLog(state, writer, () -> 8, 10);
        assertEquals(4, later.lastSequence());
        assertEquals("RUNNING", later.phaseOf("red/pe1/red-1"));
        assertEquals("", later.phaseOf("blue"));
        assertEquals(5, later.append("red", "ACCEPTED", "").sequence());
    }

    @Test
    void whoWaitsIsWokenByTheNextEvent() throws Exception {
        Thread writing = Thread.ofVirtual().start(() -> log.append("red", "ACCEPTED", ""));
        List<LoggedEvent> seen = log.await(0, 10, Duration.ofSeconds(5));
        writing.join();
        assertEquals(1, seen.size());
        assertTrue(log.await(1, 10, Duration.ofMillis(1)).isEmpty());
    }
}
