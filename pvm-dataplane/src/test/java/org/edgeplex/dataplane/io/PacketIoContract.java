package org.edgeplex.dataplane.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.io.linux.Poller;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;
import org.junit.jupiter.api.Test;

/// What every port promises. A subclass says how frames get onto its wire and off it.
public abstract class PacketIoContract {
    protected static final long DEADLINE_NANOS = 5_000_000_000L;

    private static final long QUIET_NANOS = 10_000_000L;

    private static final String TAGGED =
            "0200000000010200000000028100006508004500" + "00".repeat(44);
    private static final String LABELLED =
            "02000000000102000000000288470006403f003e813f" + "45".repeat(60);

    protected abstract PacketIo port();

    protected abstract PacketPool pool();

    /// Buffers that a driver may keep until it is next called.
    protected int keptBack() {
        return 0;
    }

    /// Whether a frame makes the port's descriptor readable; otherwise it has none.
    protected boolean wakesSleepers() {
        return true;
    }

    /// Puts frames on the wire towards the port.
    protected abstract void arrive(List<byte[]> frames);

    /// The frames that the port has sent so far and that nobody has taken, at least after a while.
    protected abstract List<byte[]> takeSent();

    @Test
    void nothingArrivesOnAQuietWire() {
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            assertEquals(0, port().receive(packets));
            assertTrue(packets.isEmpty());
        }
    }

    @Test
    void aVlanTagArrivesInPlace() {
        receivesUnchanged(frames(TAGGED));
    }

    @Test
    void labelsArriveInPlace() {
        receivesUnchanged(frames(LABELLED));
    }

    @Test
    void framesOfEveryLengthArriveInOrder() {
        List<byte[]> frames = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int length = 60; length <= 1522; length += 17) {
            byte[] frame = new byte[length];
            random.nextBytes(frame);
            System.arraycopy(frames(TAGGED).getFirst(), 0, frame, 0, 18);
            frames.add(frame);
        }
        receivesUnchanged(frames);
    }

    @Test
    void sendsATagAndLabelsUnchanged() {
        sendsUnchanged(frames(TAGGED, LABELLED));
    }

    @Test
    void sendsABurstInOrder() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < PacketIo.BURST_MAX; i++) {
            byte[] frame = frames(LABELLED).getFirst();
            frame[30] = (byte) i;
            frames.add(frame);
        }
        sendsUnchanged(frames);
    }

    @Test
    void everyPacketGoesBackToThePool() {
        int available = pool().available();
        sendsUnchanged(frames(TAGGED, LABELLED, TAGGED));
        receivesUnchanged(frames(LABELLED, TAGGED));
        int missing = available - pool().available();
        assertTrue(Math.abs(missing) <= keptBack(), missing + " buffers are missing");
    }

    @Test
    void aReceivedPacketHasRoomForHeaders() {
        arrive(frames(TAGGED));
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = receiveSome(arena);
            assertTrue(Mbuf.headroom(packets.get(0)) >= 64);
            assertTrue(Mbuf.isSingleSegment(packets.get(0)));
            pool().free(packets);
        }
    }

    /// Whoever sleeps on the descriptor is woken once for each frame, and not without one.
    @Test
    void aFrameWakesTheSleeper() {
        if (!hasDescriptor()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            Poller poller = new Poller(arena, port().descriptor());
            for (int i = 0; i < 3; i++) {
                settle(arena, poller);
                arrive(frames(TAGGED));
                poller.await(DEADLINE_NANOS);
                assertTrue(poller.isReadable(0), "a frame arrived and woke nobody");
                port().disarm();
                pool().free(receiveSome(arena));
            }
            settle(arena, poller);
            port().disarm();
        }
    }

    /// What came before the port was armed is seen at once, or wakes the sleeper all the same.
    @Test
    void aFrameIsNotSleptThrough() {
        if (!hasDescriptor()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            Poller poller = new Poller(arena, port().descriptor());
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            for (int i = 0; i < 100; i++) {
                arrive(frames(TAGGED));
                while (packets.isEmpty()) {
                    boolean mustAskAgain = port().arm();
                    if (!mustAskAgain || port().receive(packets) == 0) {
                        poller.await(DEADLINE_NANOS);
                        assertTrue(poller.isReadable(0), "slept through frame " + i);
                    }
                    port().disarm();
                    if (packets.isEmpty()) {
                        int ignored = port().receive(packets);
                    }
                }
                pool().free(packets);
            }
        }
    }

    private boolean hasDescriptor() {
        assertEquals(wakesSleepers(), port().descriptor() != PacketIo.NO_DESCRIPTOR);
        return wakesSleepers();
    }

    /// Armed, and nothing left that would wake.
    private void settle(Arena arena, Poller poller) {
        PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
        port().disarm();
        boolean ignored = port().arm();
        assertEquals(0, port().receive(packets));
        poller.await(QUIET_NANOS);
        assertFalse(poller.isReadable(0), "woken though nothing arrived");
    }

    private void receivesUnchanged(List<byte[]> frames) {
        arrive(frames);
        List<byte[]> received = new ArrayList<>();
        while (received.size() < frames.size()) {
            try (Arena arena = Arena.ofConfined()) {
                PacketVector packets = receiveSome(arena);
                for (int i = 0; i < packets.size(); i++) {
                    received.add(Mbuf.read(packets.get(i)));
                }
                pool().free(packets);
            }
        }
        assertSame(frames, received);
    }

    private PacketVector receiveSome(Arena arena) {
        PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (port().receive(packets) == 0) {
            assertTrue(System.nanoTime() - deadline < 0, "no packet arrived");
            Thread.onSpinWait();
        }
        return packets;
    }

    private void sendsUnchanged(List<byte[]> frames) {
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            for (byte[] frame : frames) {
                long packet = pool().allocate();
                Mbuf.write(packet, frame);
                packets.add(packet);
            }
            assertEquals(frames.size(), port().transmit(packets));
            assertTrue(packets.isEmpty());
        }
        List<byte[]> sent = new ArrayList<>();
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (sent.size() < frames.size()) {
            assertTrue(System.nanoTime() - deadline < 0, "only " + sent.size() + " were sent");
            sent.addAll(takeSent());
        }
        assertSame(frames, sent);
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i));
        }
    }

    private static List<byte[]> frames(String... hex) {
        List<byte[]> frames = new ArrayList<>();
        for (String frame : hex) {
            frames.add(HexFormat.of().parseHex(frame));
        }
        return frames;
    }
}
