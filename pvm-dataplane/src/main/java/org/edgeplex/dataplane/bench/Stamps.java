package org.edgeplex.dataplane.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// Streams of random packets, as [StampedPort] reads them: made before anything is measured.
final class Stamps {
    static final int COUNT = 1 << 22;

    private Stamps() {}

    /// From a customer to random ones of these hosts.
    static StampedPort.Stream fromCustomer(
            SegmentAllocator memory, int[] hosts, Ipv4Address source, SplittableRandom random) {
        long frame = memory.allocate(64, 8).address();
        Ethernet.putTagged(
                frame,
                BenchEdge.GATEWAY_MAC.bits(),
                BenchEdge.CE_MAC.bits(),
                BenchEdge.VLAN,
                Ethernet.TYPE_IPV4);
        return stream(memory, hosts, source, random, frame, 0);
    }

    /// From the core, under random labels.
    ///
    /// @param labelsEnd beyond the last of them
    static StampedPort.Stream fromCore(
            SegmentAllocator memory,
            int[] hosts,
            Ipv4Address source,
            int labelsEnd,
            SplittableRandom random) {
        MemorySegment labels = memory.allocate(4L * COUNT, 64);
        for (int i = 0; i < COUNT; i++) {
            int label = random.nextInt(MplsLabel.FIRST_UNRESERVED, labelsEnd);
            int entry = Mpls.entry(label, 0, Mpls.BOTTOM_OF_STACK, 63);
            labels.setAtIndex(ValueLayout.JAVA_INT, i, Integer.reverseBytes(entry));
        }
        long frame = memory.allocate(64, 8).address();
        Ethernet.put(frame, BenchEdge.CORE_MAC.bits(), BenchEdge.P_MAC.bits(), Ethernet.TYPE_MPLS);
        return stream(memory, hosts, source, random, frame, labels.address());
    }

    /// Each key with the checksum of the header that will carry it.
    private static StampedPort.Stream stream(
            SegmentAllocator memory,
            int[] hosts,
            Ipv4Address source,
            SplittableRandom random,
            long frame,
            long labels) {
        MemorySegment stream = memory.allocate(8L * COUNT, 64);
        long header = frame + Ethernet.TAGGED_HEADER_BYTES;
        for (int i = 0; i < COUNT; i++) {
            int host = hosts[random.nextInt(hosts.length)];
            putHeader(header, source, host);
            long checksum = Memory.getShort(header + 10);
            long key = Integer.reverseBytes(host) & 0xffff_ffffL | checksum << 32;
            stream.setAtIndex(ValueLayout.JAVA_LONG, i, key);
        }
        putHeader(header, source, 0);
        return new StampedPort.Stream(
                stream.address(),
                labels,
                COUNT - 1,
                labels != 0,
                frame,
                Integer.reverseBytes(source.bits()));
    }

    private static void putHeader(long header, Ipv4Address source, int destination) {
        Ipv4.put(header, 0, BenchEdge.IP_BYTES, 0, 64, 17, source.bits(), destination);
    }
}
