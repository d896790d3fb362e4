package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

/// The packet path allocates nothing on the heap: no packet can cause a garbage collection.
class AllocationTest {
    private static final int BURSTS = 20_000;

    /// What the measurement itself may take, whatever the count of packets.
    private static final long NOISE_BYTES = 20_000;

    /// Sends into nothing.
    private record Sink(PacketPool pool) implements PacketIo {
        @Override
        public int receive(PacketVector packets) {
            return 0;
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
        public void close() {}
    }

    @Test
    void noBytePerPacket() {
        try (ForwarderRig rig = new ForwarderRig()) {
            rig.neighbour(CE, CE_MAC);
            assertNothingIsAllocated(
                    rig,
                    fromCe().ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                    fromP().mpls(VPN_LABEL, 0, 60).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                    fromCe().ttl(1).ipv4(CE, REMOTE).udp(1, 2, 30).build(),
                    packet().ethernet(GATEWAY_MAC, CE_MAC)
                            .vlan(VLAN + 1)
                            .ipv4(CE, REMOTE)
                            .udp(1, 2, 30)
                            .build());
        }
    }

    @Test
    void noBytePerPacketOfIpv6() {
        try (ForwarderRig rig = new ForwarderRig()) {
            rig.ipv6();
            rig.neighbour6(CE6, CE_MAC);
            assertNothingIsAllocated(
                    rig,
                    fromCe().ipv6(CE6, REMOTE6).udp(1, 2, 30).build(),
                    fromP().mpls(VPN_LABEL, 0, 60).ipv6(REMOTE6, CE6).udp(1, 2, 30).build(),
                    fromCe().ttl(1).ipv6(CE6, REMOTE6).udp(1, 2, 30).build(),
                    packet().ethernet(GATEWAY_MAC, CE_MAC)
                            .vlan(VLAN)
                            .ttl(255)
                            .protocol(58)
                            .ipv6(CE6, GATEWAY6)
                            .icmpv6(135, 0, 0)
                            .address6(GATEWAY6)
                            .build());
        }
    }

    @Test
    void noBytePerPacketWithEverythingOn() {
        try (ForwarderRig rig = new ForwarderRig()) {
            rig.neighbour(CE, CE_MAC);
            rig.apply(new ForwardingUpdate.PutGroup(GroupTable.FIRST, Group.of(List.of(2, 8))));
            rig.route("10.8.0.0/16", GroupTable.FIRST);
            for (Direction direction : Direction.values()) {
                Policer policer = new Policer(1_000_000_000, 100_000, 100_000);
                AclRule denied = AclRule.ipv4(Ipv4Prefix.DEFAULT, Ipv4Prefix.parse("10.9.0.0/16"));
                Acl acl = Acl.compile(List.of(denied.deny()), true);
                rig.apply(new ForwardingUpdate.SetPolicer(direction, policer));
                rig.apply(new ForwardingUpdate.SetAcl(direction, acl));
            }
            assertNothingIsAllocated(
                    rig,
                    fromCe().ipv4(CE, "10.8.0.9").udp(1, 2, 30).build(),
                    fromP().mpls(VPN_LABEL, 0, 60).ipv4(REMOTE, CE).udp(1, 2, 30).build(),
                    fromCe().ipv4(CE, "10.9.0.9").udp(1, 2, 30).build(),
                    fromCe().ipv4(CE, "10.6.0.9").udp(1, 2, 1800).build());
        }
    }

    /// A burst has as many of each frame; one of them is from the core.
    private static void assertNothingIsAllocated(ForwarderRig rig, byte[]... frames) {
        long[] addresses = Arrays.stream(frames).mapToLong(each -> frame(rig, each)).toArray();
        Sink sink = new Sink(rig.pool);
        PacketVector burst = new PacketVector(rig.arena, PacketIo.BURST_MAX);
        run(rig, sink, burst, addresses);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(rig, sink, burst, addresses);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < NOISE_BYTES, allocated + " bytes were allocated");
        assertEquals(
                2L * BURSTS * PacketIo.BURST_MAX / frames.length,
                rig.count(Counter.FROM_CORE_PACKETS));
    }

    private static long frame(ForwarderRig rig, byte[] frame) {
        long address = rig.arena.allocate(Long.BYTES + frame.length, Long.BYTES).address();
        Memory.putLong(address, frame.length);
        Memory.copy(frame, address + Long.BYTES);
        return address;
    }

    private static void run(ForwarderRig rig, PacketIo sink, PacketVector burst, long[] frames) {
        for (int i = 0; i < BURSTS; i++) {
            burst.clear();
            for (int j = 0; j < PacketIo.BURST_MAX; j++) {
                long frame = frames[j % frames.length];
                long packet = rig.pool.allocate();
                int bytes = (int) Memory.getLong(frame);
                Memory.copy(frame + Long.BYTES, Mbuf.data(packet), bytes);
                Mbuf.setLength(packet, bytes);
                burst.add(packet);
            }
            rig.nowNanos += 1_000;
            rig.forwarder.fromPort(burst, rig.nowNanos);
            rig.forwarder.tick(rig.nowNanos);
            rig.forwarder.flush(sink, sink);
        }
    }
}
