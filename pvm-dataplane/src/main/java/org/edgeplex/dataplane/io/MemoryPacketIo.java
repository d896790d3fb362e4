package org.edgeplex.dataplane.io;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;

/// A port whose wire is two queues: [#arrive] puts a frame on it, [#takeSent] takes what was sent.
public final class MemoryPacketIo implements PacketIo {
    /// Frames that wait on the wire in one direction; more are lost, as on a real one.
    public static final int QUEUE_MAX = 512;

    private final PacketPool pool;
    private final Queue<byte[]> arrived = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();

    public MemoryPacketIo(PacketPool pool) {
        this.pool = pool;
    }

    /// A frame arrives at the port; false if its queue is full and the frame lost.
    public boolean arrive(byte[] frame) {
        if (frame.length > Mbuf.DATA_BYTES_MAX) {
            throw new IllegalArgumentException("frame of " + frame.length + " bytes");
        }
        return arrived.size() < QUEUE_MAX && arrived.add(frame.clone());
    }

    /// The frames sent since the last call.
    public List<byte[]> takeSent() {
        List<byte[]> frames = List.copyOf(sent);
        sent.clear();
        return frames;
    }

    @Override
    public int receive(PacketVector packets) {
        packets.clear();
        while (packets.size() < BURST_MAX && !packets.isFull() && !arrived.isEmpty()) {
            long packet = pool.allocate();
            if (packet == PacketPool.NONE) {
                break;
            }
            Mbuf.write(packet, arrived.remove());
            packets.add(packet);
        }
        return packets.size();
    }

    @Override
    public int transmit(PacketVector packets) {
        int count = 0;
        for (int i = 0; i < packets.size() && sent.size() < QUEUE_MAX; i++) {
            sent.add(Mbuf.read(packets.get(i)));
            count++;
        }
        pool.free(packets);
        return count;
    }

    @Override
    public int descriptor() {
        return NO_DESCRIPTOR;
    }

    @Override
    public void close() {
        arrived.clear();
        sent.clear();
    }
}
