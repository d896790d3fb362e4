package org.edgeplex.dataplane;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Forwards made-up packets on tables, counters and ports of its own, while DPDK starts: so that
/// the first real packets find loaded classes and the compiler at work on the hot loop.
///
/// Packets to hosts and to nets, which get labels, and packets with our label, which lose it.
final class Rehearsal {
    private static final int PACKETS = 255;
    private static final int FRAME_BYTES = 64;
    private static final int IP_BYTES = FRAME_BYTES - Ethernet.TAGGED_HEADER_BYTES;
    private static final int VLAN = 100;
    private static final MacAddress GATEWAY_MAC = new MacAddress(0x02_00_00_00_00_01L);
    private static final MacAddress CORE_MAC = new MacAddress(0x02_00_00_00_00_02L);
    private static final MacAddress CE_MAC = new MacAddress(0x02_00_00_00_00_03L);
    private static final MacAddress P_MAC = new MacAddress(0x02_00_00_00_00_04L);
    private static final int GATEWAY = 0x0a00_0001;
    private static final int CE = 0x0a00_0002;
    private static final int LINK_LENGTH = 24;
    private static final int FAR_HOST = 0x0b00_0001;
    private static final int FAR_NET = 0x0c00_0000;
    private static final MplsLabel OURS = new MplsLabel(1000);
    private static final MplsLabel THEIRS = new MplsLabel(2000);
    private static final MplsLabel TRANSPORT = new MplsLabel(300);

    private final Counters counters = new Counters();
    private final Arena arena;

    private Rehearsal(Arena arena) {
        this.arena = arena;
    }

    /// Returns when that many bursts have passed, or when it is over; what they counted.
    static Counters run(int bursts, BooleanSupplier isOver) {
        try (Arena arena = Arena.ofShared()) {
            return new Rehearsal(arena).forward(bursts, isOver);
        }
    }

    private Counters forward(int bursts, BooleanSupplier isOver) {
        MemoryPacketPool pool = new MemoryPacketPool(arena, PACKETS);
        Access access =
                Access.of(VLAN, new Ipv4Address(GATEWAY), LINK_LENGTH, GATEWAY_MAC, CORE_MAC, 1500);
        Forwarder forwarder =
                new Forwarder(
                        new HugeMemory(arena),
                        pool,
                        access,
                        new Forwarder.Sizes(64, 64, 64, 64),
                        counters);
        UpdateQueue updates = new UpdateQueue();
        for (ForwardingUpdate update : tables()) {
            updates.offer(update);
        }
        Port port = new Port(pool, List.of(toHost(), toNet(), fromCore()));
        Worker worker = new Worker(arena, port, new Port(pool, List.of()), forwarder, updates);
        for (int i = 0; i < bursts && !isOver.getAsBoolean(); i++) {
            worker.doWork(i);
        }
        return counters;
    }

    private static List<ForwardingUpdate> tables() {
        return List.of(
                new ForwardingUpdate.PutAdjacency(
                        0, Adjacency.Labelled.of(P_MAC, CORE_MAC, TRANSPORT, THEIRS)),
                new ForwardingUpdate.PutRoute(
                        new Ipv4Prefix(new Ipv4Address(FAR_HOST), Ipv4Prefix.LENGTH_MAX), 0),
                new ForwardingUpdate.PutRoute(new Ipv4Prefix(new Ipv4Address(FAR_NET), 24), 0),
                new ForwardingUpdate.PutAdjacency(1, new Adjacency.Connected()),
                new ForwardingUpdate.PutRoute(
                        Ipv4Prefix.containing(new Ipv4Address(GATEWAY), LINK_LENGTH), 1),
                new ForwardingUpdate.BindVpnLabel(OURS),
                new ForwardingUpdate.PutNeighbour(new Ipv4Address(CE), CE_MAC));
    }

    private static byte[] toHost() {
        return fromCustomer(FAR_HOST);
    }

    private static byte[] toNet() {
        return fromCustomer(FAR_NET | 9);
    }

    private static byte[] fromCustomer(int destination) {
        ByteBuffer frame = ethernet(GATEWAY_MAC, CE_MAC);
        frame.putShort((short) Ethernet.TYPE_VLAN).putShort((short) VLAN);
        frame.putShort((short) Ethernet.TYPE_IPV4);
        return packet(frame, CE, destination);
    }

    private static byte[] fromCore() {
        ByteBuffer frame = ethernet(CORE_MAC, P_MAC);
        int bottomOfStack = 1 << 8;
        int ttl = 64;
        frame.putShort((short) Ethernet.TYPE_MPLS);
        frame.putInt(OURS.value() << 12 | bottomOfStack | ttl);
        return packet(frame, FAR_HOST, CE);
    }

    private static ByteBuffer ethernet(MacAddress to, MacAddress from) {
        return ByteBuffer.allocate(FRAME_BYTES)
                .putShort((short) (to.bits() >>> 32))
                .putInt((int) to.bits())
                .putShort((short) (from.bits() >>> 32))
                .putInt((int) from.bits());
    }

    /// A UDP packet without a payload to speak of (RFC 791, section 3.1).
    private static byte[] packet(ByteBuffer frame, int source, int destination) {
        int start = frame.position();
        frame.putInt(0x4500_0000 | IP_BYTES).putInt(0).putInt(64 << 24 | 17 << 16);
        frame.putInt(source).putInt(destination);
        int sum = 0;
        for (int at = start; at < frame.position(); at += Short.BYTES) {
            sum += frame.getShort(at) & 0xffff;
        }
        frame.putShort(start + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        byte[] bytes = new byte[FRAME_BYTES];
        frame.get(0, bytes);
        return bytes;
    }

    /// Delivers the frames in turn, a burst each time; what is sent is gone.
    private static final class Port implements PacketIo {
        private final PacketPool pool;
        private final List<byte[]> frames;
        private int next;

        Port(PacketPool pool, List<byte[]> frames) {
            this.pool = pool;
            this.frames = frames;
        }

        @Override
        public int receive(PacketVector packets) {
            packets.clear();
            while (!frames.isEmpty() && packets.size() < BURST_MAX) {
                long packet = pool.allocate();
                if (packet == PacketPool.NONE) {
                    break;
                }
                byte[] frame = frames.get(next);
                next = next + 1 == frames.size() ? 0 : next + 1;
                Memory.copy(frame, Mbuf.data(packet));
                Mbuf.setLength(packet, frame.length);
                packets.add(packet);
            }
            return packets.size();
        }

        @Override
        public int transmit(PacketVector packets) {
            int count = packets.size();
            pool.free(packets);
            return count;
        }

        @Override
        public int descriptor() {
            return NO_DESCRIPTOR;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
