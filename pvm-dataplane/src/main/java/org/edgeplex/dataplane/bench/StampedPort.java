package org.edgeplex.dataplane.bench;

import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// A port that writes headers into what it receives, each with the next key of a stream: `net_null`
/// delivers buffers as their last user left them.
final class StampedPort implements PacketIo {
    private final PacketIo port;
    private final Stream stream;
    private long position;

    /// What is written.
    ///
    /// @param keys address of longs: destination in network order, then the header's checksum
    /// @param labels address of ints in network order, read where `isCore`
    /// @param frame address of the headers that all packets have in common
    record Stream(long keys, long labels, long mask, boolean isCore, long frame, int source) {}

    StampedPort(PacketIo port, Stream stream) {
        this.port = port;
        this.stream = stream;
    }

    @Override
    public int receive(PacketVector packets) {
        int count = port.receive(packets);
        long keys = stream.keys;
        long labels = stream.labels;
        long mask = stream.mask;
        boolean isCore = stream.isCore;
        int source = stream.source;
        long t0 = Memory.getLong(stream.frame);
        int t8 = Memory.getInt(stream.frame + 8);
        long t12 = Memory.getLong(stream.frame + 12);
        long t20 = Memory.getLong(stream.frame + 20);
        long at = position;
        long end = packets.slot(count);
        for (long slot = packets.slot(0); slot != end; slot += PacketVector.SLOT_BYTES) {
            long frame = Mbuf.data(Memory.getLong(slot));
            long key = Memory.getLong(keys + ((at & mask) << 3));
            long label = isCore ? Memory.getInt(labels + ((at & mask) << 2)) : 0;
            Memory.putLong(frame, t0);
            Memory.putInt(frame + 8, t8);
            Memory.putLong(frame + 12, t12 | (label & 0xffff_ffffL) << 16);
            Memory.putLong(frame + 20, t20);
            Memory.putShort(frame + 28, (int) (key >>> 32));
            Memory.putInt(frame + 30, source);
            Memory.putInt(frame + 34, (int) key);
            at++;
        }
        position = at;
        return count;
    }

    @Override
    public int transmit(PacketVector packets) {
        return port.transmit(packets);
    }

    @Override
    public int descriptor() {
        return NO_DESCRIPTOR;
    }

    @Override
    public void close() {
        // The port belongs to the bench.
    }
}
