package org.edgeplex.dataplane.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// A provider edge with routes to a million hosts, two labels each, for customers' packets.
final class PushRig {
    private static final int FRAME_BYTES = 60;

    private final Arena arena;
    private final PacketPool pool;
    private final Counters counters = new Counters();
    private final Forwarder forwarder;
    private final int[] hosts = BenchEdge.hosts(new SplittableRandom(1));
    private long nowNanos = 1;

    PushRig(Arena arena, SegmentAllocator tables, PacketPool pool) {
        this.arena = arena;
        this.pool = pool;
        forwarder = BenchEdge.forwarder(tables, pool, counters);
        BenchEdge.putAdjacencies(forwarder, nowNanos);
        for (int i = 0; i < BenchEdge.ENTRIES; i++) {
            Ipv4Prefix host = new Ipv4Prefix(new Ipv4Address(hosts[i]), 32);
            forwarder.apply(
                    new ForwardingUpdate.PutRoute(host, i % BenchEdge.ADJACENCIES), nowNanos);
        }
    }

    /// The first hosts that have a route, the same in every process.
    static List<Ipv4Address> destinations(int count) {
        int[] hosts = BenchEdge.hosts(new SplittableRandom(1));
        List<Ipv4Address> destinations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            destinations.add(new Ipv4Address(hosts[i]));
        }
        return destinations;
    }

    /// A customer's packet to each of them.
    ///
    /// @param isTagged in the customer's VLAN
    static List<byte[]> frames(List<Ipv4Address> destinations, boolean isTagged) {
        return destinations.stream().map(to -> frame(to.bits(), isTagged)).toList();
    }

    private static byte[] frame(int destination, boolean isTagged) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
        frame.putShort((short) (BenchEdge.GATEWAY_MAC.bits() >>> 32))
                .putInt((int) BenchEdge.GATEWAY_MAC.bits());
        frame.putShort((short) (BenchEdge.CE_MAC.bits() >>> 32))
                .putInt((int) BenchEdge.CE_MAC.bits());
        if (isTagged) {
            frame.putShort((short) Ethernet.TYPE_VLAN).putShort((short) BenchEdge.VLAN);
        }
        frame.putShort((short) Ethernet.TYPE_IPV4);
        int ip = frame.position();
        frame.putInt(0x4500_0000 | FRAME_BYTES - ip).putInt(0).putInt(64 << 24 | 17 << 16);
        frame.putInt(BenchEdge.CE.bits()).putInt(destination);
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        frame.putShort(ip + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        frame.putShort((short) 1).putShort((short) 2).putShort((short) (FRAME_BYTES - ip - 20));
        return frame.array();
    }

    /// To random hosts of those with a route.
    static StampedPort.Stream stamps(SegmentAllocator memory) {
        int[] hosts = BenchEdge.hosts(new SplittableRandom(1));
        return Stamps.fromCustomer(memory, hosts, BenchEdge.CE, new SplittableRandom(2));
    }

    /// A data plane that takes packets from this port and sends them there.
    Worker worker(PacketIo port) {
        return new Worker(arena, port, new MemoryPacketIo(pool), forwarder, new UpdateQueue());
    }

    Rounds.Work forwarding(PacketIo port) {
        Worker worker = worker(port);
        return packets -> {
            long start = Cpu.threadNanos();
            for (long done = 0; done < packets; ) {
                done += worker.doWork(nowNanos);
                nowNanos += 1_000;
            }
            return Cpu.threadNanos() - start;
        };
    }

    void checkAllLeft() {
        BenchEdge.checkAllLeft(counters, Counter.TO_CORE_PACKETS, Counter.FROM_CUSTOMER_PACKETS);
    }
}
