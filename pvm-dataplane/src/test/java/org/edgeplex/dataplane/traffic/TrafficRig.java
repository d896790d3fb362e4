package org.edgeplex.dataplane.traffic;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// A generator on one port in memory and a sink on another; the test is the network between.
final class TrafficRig implements AutoCloseable {
    static final int RUN = 77;

    final Arena arena = Arena.ofConfined();
    final MemoryPacketPool pool = new MemoryPacketPool(arena, 256);
    final MemoryPacketIo sending = new MemoryPacketIo(pool);
    final MemoryPacketIo receiving = new MemoryPacketIo(pool);
    final PacketVector burst = new PacketVector(arena, PacketIo.BURST_MAX);

    static FlowPlan plan(int flows) {
        return plan(flows, 0, List.of(), "198.18.0.1/24", "198.19.0.1/28", 60);
    }

    static FlowPlan plan(
            int flows,
            int vlan,
            List<Integer> labels,
            String sources,
            String destinations,
            int bytes) {
        return new FlowPlan(
                flows,
                MacAddress.parse("02:00:00:00:00:01"),
                MacAddress.parse("02:00:00:00:00:02"),
                vlan,
                labels.stream().map(MplsLabel::new).toList(),
                Addresses.parse(sources),
                Addresses.parse(destinations),
                64,
                46,
                bytes);
    }

    Generator generator(FlowPlan plan, long packetsMax) {
        return new Generator(arena, sending, pool, new FrameWriter(arena, plan, RUN), packetsMax);
    }

    Sink sink(int flows) {
        Sink sink = new Sink(arena, flows);
        sink.expect(RUN);
        return sink;
    }

    /// Sends `count` packets at this time and returns their frames.
    List<byte[]> send(Generator generator, int count, long nowNanos) {
        List<byte[]> frames = new ArrayList<>();
        for (int left = count; left > 0; left -= PacketIo.BURST_MAX) {
            int ignored = generator.send(Math.min(left, PacketIo.BURST_MAX), nowNanos);
            frames.addAll(sending.takeSent());
        }
        return frames;
    }

    /// The frames arrive at the sink, all at this time.
    void arrive(Sink sink, List<byte[]> frames, long nowNanos) {
        for (byte[] frame : frames) {
            receiving.arrive(frame);
            receiving.receive(burst);
            sink.take(burst, nowNanos);
            pool.free(burst);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
