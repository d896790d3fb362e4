package org.edgeplex.dataplane.bench;

import java.lang.foreign.SegmentAllocator;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// The provider edge that is measured: its addresses, and the tables that all have.
final class BenchEdge {
    static final int ENTRIES = 1_000_000;
    static final int ADJACENCIES = 1024;
    static final int VLAN = 100;
    static final int MTU = 1500;

    /// Of a frame of 64 bytes with its checksum and a tag.
    static final int IP_BYTES = 46;

    static final MacAddress GATEWAY_MAC = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:02");
    static final MacAddress P_MAC = MacAddress.parse("02:00:00:00:00:03");
    static final MacAddress CE_MAC = MacAddress.parse("02:00:00:00:00:04");
    static final Ipv4Address GATEWAY = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address CE = Ipv4Address.parse("10.0.0.2");

    private static final Access ACCESS = Access.of(VLAN, GATEWAY, 24, GATEWAY_MAC, CORE_MAC, MTU);

    private BenchEdge() {}

    static Forwarder forwarder(SegmentAllocator tables, PacketPool pool, Counters counters) {
        Forwarder.Sizes sizes = new Forwarder.Sizes(ENTRIES, 65_536, 131_072, ADJACENCIES);
        return new Forwarder(tables, pool, ACCESS, sizes, counters);
    }

    static MplsLabel transportLabel(int adjacency) {
        return new MplsLabel(16 + adjacency);
    }

    static MplsLabel vpnLabel(int adjacency) {
        return new MplsLabel(100_000 + adjacency);
    }

    /// All adjacencies, two labels each.
    static void putAdjacencies(Forwarder forwarder, long nowNanos) {
        for (int i = 0; i < ADJACENCIES; i++) {
            Adjacency adjacency =
                    Adjacency.Labelled.of(P_MAC, CORE_MAC, transportLabel(i), vpnLabel(i));
            forwarder.apply(new ForwardingUpdate.PutAdjacency(i, adjacency), nowNanos);
        }
    }

    /// Different ones.
    static int[] hosts(SplittableRandom random) {
        Set<Integer> hosts = HashSet.newHashSet(ENTRIES);
        while (hosts.size() < ENTRIES) {
            hosts.add(unicast(random));
        }
        return hosts.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Not in the nets of the edge's own addresses.
    static int unicast(SplittableRandom random) {
        return random.nextInt(11, 100) << 24 | random.nextInt(1 << 24);
    }

    /// A dropped packet is a cheap one: no figure without this.
    static void checkAllLeft(Counters counters, Counter to, Counter from) {
        if (counters.get(to) != counters.get(from)) {
            throw new IllegalStateException("packets were dropped: " + counters.snapshot());
        }
    }
}
