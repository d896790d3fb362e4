package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.table.Ipv6RouteBurst;
import org.edgeplex.dataplane.table.Ipv6Routes;
import org.edgeplex.dataplane.table.TableOutcome;

/// The VRF's forwarding table for IPv6: prefix to number of an adjacency; host routes too.
final class Ipv6Fib {
    static final int MISSING = Ipv6Routes.MISSING;

    private final Ipv6Routes routes;
    private final Ipv6RouteBurst rounds;

    Ipv6Fib(SegmentAllocator memory, int prefixesMax) {
        routes = new Ipv6Routes(memory, prefixesMax);
        rounds = new Ipv6RouteBurst(memory, routes, Ipv6Burst.CAPACITY);
    }

    TableOutcome put(Ipv6Prefix prefix, int adjacency) {
        return routes.put(prefix, adjacency);
    }

    boolean remove(Ipv6Prefix prefix) {
        return routes.remove(prefix);
    }

    /// Looks up a burst in rounds, so that the memory accesses of different packets overlap.
    void lookup(Ipv6Burst burst) {
        if (burst.size() == 0) {
            return;
        }
        rounds.locate(burst.high(), burst.low(), burst.size(), burst.adjacencies());
        while (rounds.remaining() > 0) {
            Prefetch.lines(rounds.lines(), rounds.lineCount(), Long.BYTES);
            rounds.step(burst.high(), burst.low(), burst.adjacencies());
        }
    }
}
