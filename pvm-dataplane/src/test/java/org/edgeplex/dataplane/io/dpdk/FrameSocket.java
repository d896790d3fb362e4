package org.edgeplex.dataplane.io.dpdk;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;

/// The test's own end of a wire: frames as byte arrays, through DPDK.
public final class FrameSocket implements AutoCloseable {
    private final DpdkPool pool;
    private final DpdkPort port;

    FrameSocket(DpdkPool pool, DpdkPort port) {
        this.pool = pool;
        this.port = port;
    }

    /// On a thread inside the interface's namespace.
    public static FrameSocket open(String interfaceName) {
        Eal.start(Eal.Options.DEFAULT);
        return open(PortSpec.parse("af_packet:" + interfaceName));
    }

    /// DPDK runs already.
    static FrameSocket open(PortSpec spec) {
        DpdkPool pool = DpdkPool.create("frames-" + spec.name(), 511, 0);
        return new FrameSocket(pool, DpdkPort.open(spec, pool));
    }

    public void send(List<byte[]> frames) {
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, frames.size());
            for (byte[] frame : frames) {
                long packet = pool.allocate();
                Mbuf.write(packet, frame);
                packets.add(packet);
            }
            port.transmit(packets);
        }
    }

    /// What has arrived by now.
    public List<byte[]> receive() {
        try (Arena arena = Arena.ofConfined()) {
            PacketVector packets = new PacketVector(arena, PacketIo.BURST_MAX);
            List<byte[]> frames = new ArrayList<>();
            port.receive(packets);
            for (int i = 0; i < packets.size(); i++) {
                frames.add(Mbuf.read(packets.get(i)));
            }
            pool.free(packets);
            return frames;
        }
    }

    @Override
    public void close() {
        port.close();
        pool.close();
    }
}
