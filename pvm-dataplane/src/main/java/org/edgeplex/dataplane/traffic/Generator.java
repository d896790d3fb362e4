package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.PacketVector;

/// Sends the frames of a plan, one flow after the other, each flow's numbers from 0 without a gap:
/// what the port refuses is sent with the next burst.
final class Generator {
    private final PacketIo port;
    private final PacketPool pool;
    private final FrameWriter writer;
    private final PacketVector packets;
    private final long packetsMax;
    private final int flows;
    private int nextFlow;
    private long nextNumber;
    private long sent;
    private long refused;

    /// @param packetsMax after which it sends no more
    Generator(
            SegmentAllocator memory,
            PacketIo port,
            PacketPool pool,
            FrameWriter writer,
            long packetsMax) {
        this.port = port;
        this.pool = pool;
        this.writer = writer;
        this.packetsMax = packetsMax;
        flows = writer.plan().flows();
        packets = new PacketVector(memory, PacketIo.BURST_MAX);
    }

    /// Sends at most `count` packets that carry this time; returns how many the port took.
    int send(int count, long nowNanos) {
        int wanted = (int) Math.min(count, packetsMax - sent);
        int flow = nextFlow;
        long number = nextNumber;
        packets.clear();
        while (packets.size() < wanted) {
            long packet = pool.allocate();
            if (packet == PacketPool.NONE) {
                break;
            }
            writer.write(packet, flow, number, nowNanos);
            packets.add(packet);
            if (++flow == flows) {
                flow = 0;
                number++;
            }
        }
        int taken = port.transmit(packets);
        refused += wanted - taken;
        advance(taken);
        return taken;
    }

    private void advance(int count) {
        sent += count;
        int flow = nextFlow + count;
        while (flow >= flows) {
            flow -= flows;
            nextNumber++;
        }
        nextFlow = flow;
    }

    boolean isDone() {
        return sent >= packetsMax;
    }

    long sent() {
        return sent;
    }

    /// How many packets of this flow were sent.
    long sent(int flow) {
        return nextNumber + (flow < nextFlow ? 1 : 0);
    }

    /// How often the port took no packet, or there was no buffer.
    long refused() {
        return refused;
    }
}
