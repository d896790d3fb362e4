package org.edgeplex.dataplane.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.linux.WakeUp;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DutyCycleTest {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:07:01");
    private static final long DEADLINE_NANOS = 10_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 256);
    private final WakeUp wakeUp = new WakeUp();
    private final WakeUp interrupt = new WakeUp();

    @AfterEach
    void close() {
        interrupt.close();
        wakeUp.close();
        arena.close();
    }

    /// A port whose interrupt tells of frames that come while it is armed, and of no others. One
    /// comes each time at the worst moment: when the worker has decided to sleep and is not yet
    /// heard of.
    private final class LatePort implements PacketIo {
        private final MemoryPacketIo wire = new MemoryPacketIo(pool);
        private final IdleMode mode;
        private final Queue<String> steps = new ConcurrentLinkedQueue<>();
        private int late;

        LatePort(IdleMode mode, int late) {
            this.mode = mode;
            this.late = late;
        }

        @Override
        public int receive(PacketVector packets) {
            int count = wire.receive(packets);
            if (count > 0) {
                steps.add("received");
            }
            return count;
        }

        @Override
        public boolean arm() {
            if (late-- > 0) {
                wire.arrive(new byte[60]);
            }
            steps.add("armed");
            return true;
        }

        @Override
        public void disarm() {
            steps.add("awake");
        }

        @Override
        public int transmit(PacketVector packets) {
            return wire.transmit(packets);
        }

        @Override
        public int descriptor() {
            return interrupt.descriptor();
        }

        @Override
        public IdleMode idleMode() {
            return mode;
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    private DutyCycle cycle(PacketIo port, PacketIo... others) {
        Access access = Access.of(101, Ipv4Address.parse("10.1.0.1"), 24, MAC, MAC, 1500);
        Forwarder forwarder =
                new Forwarder(arena, pool, access, new Forwarder.Sizes(8, 8, 8, 8), new Counters());
        PacketIo tap = new MemoryPacketIo(pool);
        Worker worker = new Worker(arena, port, tap, forwarder, new UpdateQueue());
        PacketIo[] all = new PacketIo[others.length + 1];
        System.arraycopy(others, 0, all, 1, others.length);
        all[0] = port;
        return new DutyCycle(arena, worker, wakeUp, all);
    }

    /// Until the port has made so many steps.
    private List<String> steps(LatePort port, DutyCycle cycle, int count)
            throws InterruptedException {
        Thread thread = Thread.ofPlatform().name("worker").start(cycle::run);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (port.steps.size() < count) {
            assertTrue(System.nanoTime() - deadline < 0, "only " + port.steps);
            Thread.onSpinWait();
        }
        cycle.stop();
        thread.join(DEADLINE_NANOS / 1_000_000);
        assertFalse(thread.isAlive(), "did not stop");
        return List.copyOf(port.steps).subList(0, count);
    }

    @Test
    void aFrameThatComesAsTheWorkerLiesDownKeepsItAwake() throws InterruptedException {
        LatePort port = new LatePort(IdleMode.INTERRUPT, 3);
        List<String> once = List.of("armed", "received", "awake");
        List<String> thrice = List.of(once, once, once).stream().flatMap(List::stream).toList();
        assertEquals(thrice, steps(port, cycle(port), thrice.size()));
    }

    @Test
    void theSameAfterAMomentOfPolling() throws InterruptedException {
        LatePort port = new LatePort(IdleMode.ADAPTIVE, 1);
        assertEquals(List.of("armed", "received", "awake"), steps(port, cycle(port), 3));
    }

    /// Nobody asks a port to wake a worker that does not sleep.
    @Test
    void oneBusyPortKeepsTheWorkerAwake() throws InterruptedException {
        LatePort busy = new LatePort(IdleMode.BUSY, 0);
        LatePort other = new LatePort(IdleMode.INTERRUPT, 0);
        for (int i = 0; i < 5; i++) {
            busy.wire.arrive(new byte[60]);
        }
        assertEquals(List.of("received"), steps(busy, cycle(busy, other), 1));
        assertEquals(List.of("received"), List.copyOf(busy.steps));
        assertEquals(List.of(), List.copyOf(other.steps));
    }
}
