package org.edgeplex.dataplane.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// A provider edge with routes to a million hosts, two labels each, for customers' packets.
final class PushRig {
    static final int ENTRIES = 1_000_000;
    static final int VLAN = 100;
    static final MacAddress GATEWAY_MAC = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress CE_MAC = MacAddress.parse("02:00:00:00:00:04");
    static final Ipv4Address CE = Ipv4Address.parse("10.0.0.2");

    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress P_MAC = MacAddress.parse("02:00:00:00:00:03");
    private static final int GATEWAY = Ipv4Address.parse("10.0.0.1").bits();
    private static final int MTU = 1500;
    private static final int ADJACENCIES = 1024;
    private static final int FRAME_BYTES = 60;
    private static final int IP_BYTES = 46;
    private static final int STREAM = 1 << 22;
    private static final Access ACCESS =
            new Access(VLAN, GATEWAY, 24, GATEWAY_MAC.bits(), CORE_MAC.bits(), MTU);

    private final Arena arena;
    private final PacketPool pool;
    private final Counters counters = new Counters();
    private final Forwarder forwarder;
    private final int[] hosts = hosts(new SplittableRandom(1));
    private long nowNanos = 1;

    PushRig(Arena arena, SegmentAllocator tables, PacketPool pool) {
        this.arena = arena;
        this.pool = pool;
        Forwarder.Sizes sizes = new Forwarder.Sizes(ENTRIES, 65_536, 131_072, ADJACENCIES);
        forwarder = new Forwarder(tables, pool, ACCESS, sizes, counters);
        for (int i = 0; i < ADJACENCIES; i++) {
            MplsLabel transport = new MplsLabel(16 + i);
            MplsLabel vpn = new MplsLabel(100_000 + i);
            Adjacency adjacency = Adjacency.Labelled.of(P_MAC, CORE_MAC, transport, vpn);
            forwarder.apply(new ForwardingUpdate.PutAdjacency(i, adjacency), nowNanos);
        }
        for (int i = 0; i < ENTRIES; i++) {
            Ipv4Prefix host = new Ipv4Prefix(new Ipv4Address(hosts[i]), 32);
            forwarder.apply(new ForwardingUpdate.PutRoute(host, i % ADJACENCIES), nowNanos);
        }
    }

    private static int[] hosts(SplittableRandom random) {
        Set<Integer> hosts = HashSet.newHashSet(ENTRIES);
        while (hosts.size() < ENTRIES) {
            hosts.add(random.nextInt(11, 100) << 24 | random.nextInt(1 << 24));
        }
        return hosts.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The first hosts that have a route, the same in every process.
    static List<Ipv4Address> destinations(int count) {
        int[] hosts = hosts(new SplittableRandom(1));
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
        frame.putShort((short) (GATEWAY_MAC.bits() >>> 32)).putInt((int) GATEWAY_MAC.bits());
        frame.putShort((short) (CE_MAC.bits() >>> 32)).putInt((int) CE_MAC.bits());
        if (isTagged) {
            frame.putShort((short) Ethernet.TYPE_VLAN).putShort((short) VLAN);
        }
        frame.putShort((short) Ethernet.TYPE_IPV4);
        int ip = frame.position();
        frame.putInt(0x4500_0000 | FRAME_BYTES - ip).putInt(0).putInt(64 << 24 | 17 << 16);
        frame.putInt(CE.bits()).putInt(destination);
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        frame.putShort(ip + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        frame.putShort((short) 1).putShort((short) 2).putShort((short) (FRAME_BYTES - ip - 20));
        return frame.array();
    }

    /// Random hosts of those with a route, as [StampedPort] reads them.
    static StampedPort.Stream stamps(SegmentAllocator memory) {
        SplittableRandom random = new SplittableRandom(2);
        int[] hosts = hosts(new SplittableRandom(1));
        MemorySegment stream = memory.allocate(8L * STREAM, 64);
        MemorySegment header = memory.allocate(64, 8);
        for (int i = 0; i < STREAM; i++) {
            int host = hosts[random.nextInt(ENTRIES)];
            Ipv4.put(header.address(), 0, IP_BYTES, 0, 64, 17, CE.bits(), host);
            long checksum = Memory.getShort(header.address() + 10);
            long key = Integer.reverseBytes(host) & 0xffff_ffffL | checksum << 32;
            stream.setAtIndex(ValueLayout.JAVA_LONG, i, key);
        }
        long frame = memory.allocate(64, 8).address();
        Ethernet.putTagged(frame, GATEWAY_MAC.bits(), CE_MAC.bits(), VLAN, Ethernet.TYPE_IPV4);
        Ipv4.put(frame + Ethernet.TAGGED_HEADER_BYTES, 0, IP_BYTES, 0, 64, 17, CE.bits(), 0);
        int source = Integer.reverseBytes(CE.bits());
        return new StampedPort.Stream(stream.address(), 0, STREAM - 1, false, frame, source);
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

    /// A dropped packet is a cheap one: no figure without this.
    void checkAllLeft() {
        if (counters.get(Counter.TO_CORE_PACKETS) != counters.get(Counter.FROM_CUSTOMER_PACKETS)) {
            throw new IllegalStateException("packets were dropped: " + counters.snapshot());
        }
    }
}
