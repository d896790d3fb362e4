package org.edgeplex.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.io.PacketIo;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    /// A packet that is dropped warms nothing.
    @Test
    void everyPacketGoesItsWay() {
        Counters counters = Rehearsal.run(30, () -> false);
        int packets = 30 * PacketIo.BURST_MAX;
        long toCore = counters.get(Counter.TO_CORE_PACKETS);
        long toCustomer = counters.get(Counter.TO_CUSTOMER_PACKETS);
        assertEquals(packets, toCore + toCustomer, counters.snapshot().toString());
        assertEquals(packets / 3, toCustomer);
        assertEquals(Map.of(), drops(counters));
    }

    @Test
    void endsWhenItIsOver() {
        assertEquals(Map.of(), Rehearsal.run(30, () -> true).snapshot());
    }

    private static Map<Counter, Long> drops(Counters counters) {
        Map<Counter, Long> drops = counters.snapshot();
        drops.keySet().removeIf(counter -> !counter.name().startsWith("DROP"));
        return drops;
    }
}
