package org.edgeplex.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.FutureTask;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What it sends comes back as an echo would send it: the wire is a ring.
@Tag("machine")
class FarEndTest {
    @Test
    void anEarlierPacketIsNoAnswerToALaterOne() throws Exception {
        FutureTask<Boolean> task =
                new FutureTask<>(() -> {
                    try (FarEnd far = new FarEnd("ring", Eal.ANY_CPU)) {
                        assertEquals(1, far.send(1));
                        int number = far.nextNumber();
                        assertEquals(0, far.receiveEchoed(number)); // it has come, late
                        assertEquals(2, far.send(2));
                        assertEquals(1, far.receiveEchoed(number + 1));
                        assertEquals(3, far.send(3));
                        assertEquals(3, far.receiveEchoed(0));
                        assertEquals(1, far.send(1));
                        assertEquals(0, far.receiveForwarded());
                    }
                    return true;
                });
        Thread.ofPlatform().name("far-end").start(task); // DPDK takes the thread over
        task.get();
    }
}
