package org.edgeplex.dataplane.io;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MemoryPacketIoTest extends PacketIoContract {
    private final Arena arena = Arena.ofConfined();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 128);
    private final MemoryPacketIo port = new MemoryPacketIo(pool);

    @AfterEach
    void close() {
        port.close();
        arena.close();
    }

    @Override
    protected PacketIo port() {
        return port;
    }

    @Override
    protected PacketPool pool() {
        return pool;
    }

    @Override
    protected boolean wakesSleepers() {
        return false;
    }

    @Override
    protected void arrive(List<byte[]> frames) {
        frames.forEach(port::arrive);
    }

    @Override
    protected List<byte[]> takeSent() {
        return port.takeSent();
    }

    @Test
    void anEmptyPoolLeavesFramesOnTheWire() {
        long[] taken = new long[pool.available()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = pool.allocate();
        }
        Assertions.assertEquals(PacketPool.NONE, pool.allocate());
        port.arrive(new byte[60]);
        var packets = new org.edgeplex.dataplane.packet.PacketVector(arena, 1);
        Assertions.assertEquals(0, port.receive(packets));
        packets.add(taken[0]);
        pool.free(packets);
        Assertions.assertEquals(1, port.receive(packets));
    }
}
