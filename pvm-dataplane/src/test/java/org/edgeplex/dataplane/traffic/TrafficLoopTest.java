package org.edgeplex.dataplane.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.edgeplex.dataplane.packet.PacketVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficLoopTest {
    private static final long MILLI = 1_000_000;
    private static final long ANSWER_MAC = 0x0200_0000_0009L;

    private final TrafficRig rig = new TrafficRig();
    private long nowNanos = 7;

    @AfterEach
    void close() {
        rig.close();
    }

    private TrafficLoop loop(Role role, double rate, int burst, long packets, long nanos) {
        TrafficLoop.Settings settings =
                new TrafficLoop.Settings(
                        role,
                        TrafficRig.plan(4),
                        rate,
                        burst,
                        packets,
                        nanos,
                        20 * MILLI,
                        true,
                        ANSWER_MAC,
                        false,
                        250 * MILLI);
        TrafficLoop loop =
                new TrafficLoop(
                        settings,
                        () -> nowNanos,
                        rig.arena,
                        rig.pool,
                        rig.sending,
                        rig.receiving,
                        TrafficRig.RUN);
        loop.start();
        return loop;
    }

    /// Turns of 100 us; frames take `delay` turns, and those with an index of `lost` none.
    private int turn(TrafficLoop loop, int turns, int lost) {
        int sent = 0;
        for (int i = 0; i < turns; i++, nowNanos += MILLI / 10) {
            int ignored = loop.doWork();
            for (byte[] frame : rig.sending.takeSent()) {
                if (sent++ != lost) {
                    rig.receiving.arrive(frame);
                }
            }
        }
        return sent;
    }

    @Test
    void keepsItsPace() {
        TrafficLoop loop = loop(Role.LOOP, 1000, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(100, turn(loop, 1000, -1));
        assertEquals(100, loop.figures().sent());
        assertEquals(0, loop.figures().skipped());
    }

    @Test
    void sendsInBursts() {
        TrafficLoop loop = loop(Role.LOOP, 1000, 8, Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(8, turn(loop, 80, -1));
        assertEquals(8, turn(loop, 80, -1));
    }

    @Test
    void doesNotFloodAfterALongStall() {
        TrafficLoop loop = loop(Role.LOOP, 10_000, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        turn(loop, 10, -1);
        nowNanos += 50 * MILLI;
        int sent = turn(loop, 10, -1);
        assertTrue(sent <= 11, sent + " after the stall");
        assertEquals(500, (double) loop.figures().skipped(), 5);
        assertEquals(50.0 * MILLI, (double) loop.figures().lagNanosMax(), 0.2 * MILLI);
    }

    @Test
    void endsWhenAllHaveCome() {
        TrafficLoop loop = loop(Role.LOOP, 10_000, 1, 50, Long.MAX_VALUE);
        turn(loop, 60, -1);
        assertTrue(loop.isOver(nowNanos));
        loop.finish();
        Figures figures = loop.figures();
        assertEquals(50, figures.sent());
        assertEquals(50, figures.received());
        assertEquals(0, figures.lost());
        assertEquals(0.1 * MILLI, figures.times().p50(), 1000);
        assertEquals(0.1 * MILLI, (double) figures.gapNanosMax(), 1000);
    }

    @Test
    void waitsForALostPacketAsLongAsToldAndNoLonger() {
        TrafficLoop loop = loop(Role.LOOP, 10_000, 1, 50, Long.MAX_VALUE);
        turn(loop, 100, 17);
        assertFalse(loop.isOver(nowNanos));
        turn(loop, 200, -1);
        assertTrue(loop.isOver(nowNanos));
        assertEquals(1, loop.figures().lost());
        assertEquals(1, loop.flow(17 % 4).lost());
        assertEquals(0.2 * MILLI, (double) loop.figures().gapNanosMax(), 1000);
    }

    @Test
    void onCtrlCWaitsForWhatIsUnderWay() {
        TrafficLoop loop = loop(Role.LOOP, 10_000, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        turn(loop, 10, -1);
        loop.stop();
        assertFalse(loop.isOver(nowNanos));
        turn(loop, 2, -1);
        assertTrue(loop.isOver(nowNanos));
        assertEquals(0, loop.figures().lost());
    }

    @Test
    void whatThePortRefusesIsSentAgain() {
        TrafficLoop loop = loop(Role.LOOP, 0, 32, 700, Long.MAX_VALUE);
        for (int i = 0; i < 20; i++) {
            int ignored = loop.doWork(); // the wire holds 512
        }
        List<byte[]> sent = new java.util.ArrayList<>(rig.sending.takeSent());
        for (int i = 0; i < 20; i++) {
            int ignored = loop.doWork();
        }
        sent.addAll(rig.sending.takeSent());
        assertEquals(700, sent.size());
        Sink sink = rig.sink(4);
        rig.arrive(sink, sent, 0);
        assertEquals(700, sink.received());
        assertEquals(0, sink.reordered());
        assertTrue(loop.figures().refused() > 0);
    }

    @Test
    void anEchoSendsBackWhatIsAGenerators() {
        Generator generator = rig.generator(TrafficRig.plan(4), 3);
        List<byte[]> frames = rig.send(generator, 3, 5);
        TrafficLoop echo = loop(Role.ECHO, 0, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        frames.forEach(rig.receiving::arrive);
        rig.receiving.arrive(new byte[60]);
        int ignored = echo.doWork();
        List<byte[]> back = rig.receiving.takeSent();
        assertEquals(3, back.size());
        byte[] expected = frames.getFirst().clone();
        swap(expected, 0, 6, 6);
        swap(expected, 26, 30, 4);
        swap(expected, 34, 36, 2);
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, back.getFirst());
        assertEquals(3, echo.figures().sent());
        assertEquals(1, echo.figures().otherFrames());
        assertEquals(256, rig.pool.available());
    }

    private static void swap(byte[] bytes, int one, int other, int count) {
        for (int i = 0; i < count; i++) {
            byte kept = bytes[one + i];
            bytes[one + i] = bytes[other + i];
            bytes[other + i] = kept;
        }
    }

    @Test
    void answersArpForItsAddresses() {
        TrafficLoop loop = loop(Role.SINK, 0, 1, Long.MAX_VALUE, Long.MAX_VALUE);
        rig.receiving.arrive(request("198.19.0.5"));
        rig.receiving.arrive(request("198.19.0.16"));
        int ignored = loop.doWork();
        byte[] answer =
                PacketBuilder.packet()
                        .ethernet("02:00:00:00:00:07", "02:00:00:00:00:09")
                        .arp(2, "02:00:00:00:00:09", "198.19.0.5", "02:00:00:00:00:07", "10.0.0.1")
                        .build();
        List<byte[]> sent = rig.receiving.takeSent();
        assertEquals(1, sent.size());
        org.junit.jupiter.api.Assertions.assertArrayEquals(answer, sent.getFirst());
        assertEquals(256, rig.pool.available());
    }

    private static byte[] request(String target) {
        return PacketBuilder.packet()
                .ethernet("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:07")
                .arp(1, "02:00:00:00:00:07", "10.0.0.1", "00:00:00:00:00:00", target)
                .build();
    }

    /// What is sent comes back with the next call.
    private static final class Wire implements PacketIo {
        private final PacketVector held;

        Wire(Arena arena) {
            held = new PacketVector(arena, BURST_MAX);
        }

        @Override
        public int receive(PacketVector packets) {
            return move(held, packets);
        }

        @Override
        public int transmit(PacketVector packets) {
            return move(packets, held);
        }

        private static int move(PacketVector from, PacketVector to) {
            to.clear();
            for (int i = 0; i < from.size(); i++) {
                to.add(from.get(i));
            }
            from.clear();
            return to.size();
        }

        @Override
        public int descriptor() {
            return NO_DESCRIPTOR;
        }

        @Override
        public void close() {}
    }

    @Test
    void noBytePerPacket() {
        MemoryPacketPool pool = new MemoryPacketPool(rig.arena, 128);
        Wire wire = new Wire(rig.arena);
        TrafficLoop.Settings settings =
                new TrafficLoop.Settings(
                        Role.LOOP,
                        TrafficRig.plan(100),
                        0,
                        32,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        0,
                        true,
                        ANSWER_MAC,
                        false,
                        250 * MILLI);
        TrafficLoop loop =
                new TrafficLoop(settings, System::nanoTime, rig.arena, pool, wire, wire, 1);
        loop.start();
        work(loop);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work(loop);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 20_000, allocated + " bytes were allocated");
        assertEquals(2L * 10_000 * 32, loop.figures().received());
    }

    private static void work(TrafficLoop loop) {
        for (int i = 0; i < 10_000; i++) {
            int ignored = loop.doWork();
        }
    }
}
