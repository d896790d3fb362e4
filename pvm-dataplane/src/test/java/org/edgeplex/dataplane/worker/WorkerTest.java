package org.edgeplex.dataplane.worker;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.linux.WakeUp;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final MacAddress GATEWAY_MAC = MacAddress.parse("02:00:00:00:07:01");
    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:aa");
    private static final long NOW_NANOS = 1_000_000_000L;
    private static final long DEADLINE_NANOS = 10_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 256);
    private final MemoryPacketIo port = new MemoryPacketIo(pool);
    private final MemoryPacketIo tap = new MemoryPacketIo(pool);
    private final Counters counters = new Counters();
    private final UpdateQueue updates = new UpdateQueue();
    private final Worker worker;

    WorkerTest() {
        Access access =
                Access.of(101, Ipv4Address.parse("10.1.0.1"), 24, GATEWAY_MAC, CORE_MAC, 1500);
        Forwarder.Sizes sizes = new Forwarder.Sizes(8, 8, 8, 8);
        Forwarder forwarder = new Forwarder(arena, pool, access, sizes, counters);
        worker = new Worker(arena, port, tap, forwarder, updates);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    private static byte[] toRemote() {
        return packet().ethernet(GATEWAY_MAC.toString(), "02:00:00:00:07:02")
                .vlan(101)
                .ipv4("10.1.0.2", "10.2.0.9")
                .udp(1, 2, 30)
                .build();
    }

    private void addRoute() {
        Adjacency adjacency = Adjacency.Labelled.of(CORE_MAC, CORE_MAC, new MplsLabel(2002));
        assertTrue(updates.offer(new ForwardingUpdate.PutAdjacency(0, adjacency)));
        Ipv4Prefix remote = Ipv4Prefix.parse("10.2.0.0/24");
        assertTrue(updates.offer(new ForwardingUpdate.PutRoute(remote, 0)));
    }

    @Test
    void anIdleTurnDoesNothing() {
        assertEquals(0, worker.doWork(NOW_NANOS));
    }

    @Test
    void updatesComeBeforePackets() {
        addRoute();
        port.arrive(toRemote());
        assertEquals(3, worker.doWork(NOW_NANOS));
        assertEquals(1, counters.get(Counter.TO_CORE_PACKETS));
    }

    @Test
    void aFloodOfUpdatesDoesNotStopPackets() {
        addRoute();
        for (int i = 0; i < UpdateQueue.UPDATES_MAX / 2; i++) {
            assertTrue(
                    updates.offer(new ForwardingUpdate.RemoveRoute(Ipv4Prefix.parse("9.0.0.0/8"))));
        }
        port.arrive(toRemote());
        assertEquals(Worker.UPDATES_PER_CYCLE + 1, worker.doWork(NOW_NANOS));
    }

    @Test
    void aFullQueuePushesBack() {
        ForwardingUpdate update = new ForwardingUpdate.RemoveRoute(Ipv4Prefix.DEFAULT);
        for (int i = 0; i < UpdateQueue.UPDATES_MAX; i++) {
            assertTrue(updates.offer(update));
        }
        assertFalse(updates.offer(update));
        worker.doWork(NOW_NANOS);
        assertTrue(updates.offer(update));
    }

    @Test
    void theKernelIsHeardWhileTheWireIsBusy() {
        tap.arrive(new byte[10]);
        for (int i = 0; i < 16; i++) {
            port.arrive(toRemote());
            worker.doWork(NOW_NANOS);
        }
        assertEquals(1, counters.get(Counter.FROM_TAP_PACKETS));
    }

    /// Each time is a system call.
    @Test
    void anIdleWorkerAsksTheKernelNowAndThen() {
        assertEquals(0, worker.doWork(NOW_NANOS));
        tap.arrive(new byte[10]);
        assertEquals(0, worker.doWork(NOW_NANOS + Worker.TAP_INTERVAL_NANOS - 1));
        assertEquals(1, worker.doWork(NOW_NANOS + Worker.TAP_INTERVAL_NANOS));
        tap.arrive(new byte[10]); // where there was something, there may be more
        assertEquals(1, worker.doWork(NOW_NANOS + Worker.TAP_INTERVAL_NANOS));
    }

    @Test
    void itAsksAtOnceWhenItWasWoken() {
        assertEquals(0, worker.doWork(NOW_NANOS));
        tap.arrive(new byte[10]);
        worker.woken();
        assertEquals(1, worker.doWork(NOW_NANOS));
    }

    @Test
    void whatDoesNotFitIsCountedAndRefused() {
        assertTrue(updates.offer(new ForwardingUpdate.PutRoute(Ipv4Prefix.DEFAULT, 8)));
        Adjacency adjacency = new Adjacency.Connected();
        assertTrue(updates.offer(new ForwardingUpdate.PutAdjacency(-1, adjacency)));
        worker.doWork(NOW_NANOS);
        assertEquals(2, counters.get(Counter.UPDATES_REFUSED));
    }

    @Test
    void anUpdateWakesTheSleeper() throws InterruptedException {
        try (WakeUp wakeUp = new WakeUp()) {
            DutyCycle cycle = new DutyCycle(arena, worker, wakeUp);
            Thread thread = Thread.ofPlatform().name("worker").start(cycle::run);
            addRoute();
            wakeUp.signal();
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (counters.get(Counter.UPDATES_APPLIED) < 2) {
                assertTrue(System.nanoTime() - deadline < 0, "the update was not applied");
                Thread.onSpinWait();
            }
            cycle.stop();
            thread.join(DEADLINE_NANOS / 1_000_000);
            assertFalse(thread.isAlive(), "did not stop");
        }
    }
}
