package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.interleaving.Scenario;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// What happens to a [RouteTrie] or to [Ipv6Routes] under a reader.
final class RouteScenarios {
    private static final int ROUTES = 64;
    private static final int LINES = 64;

    private RouteScenarios() {}

    private static int address(String text) {
        return Ipv4Address.parse(text).bits();
    }

    /// @param readers how many it knows of, who are at work
    private static RouteTrie trie(SegmentAllocator memory, int readers) {
        Grace grace = new Grace(memory, readers);
        for (int reader = 0; reader < readers; reader++) {
            grace.resume(grace.join());
        }
        return new RouteTrie(memory, ROUTES, LINES, grace);
    }

    private static void assertOneOf(int one, int other, int seen) {
        assertTrue(seen == one || seen == other, "saw " + seen);
    }

    /// A /20, and in it a /26 that comes, changes and goes.
    static final class Nested implements Scenario {
        private static final Ipv4Prefix INNER = Ipv4Prefix.parse("10.1.2.64/26");

        private final RouteTrie trie;

        Nested(SegmentAllocator memory) {
            trie = trie(memory, 1);
            trie.put(Ipv4Prefix.parse("10.1.0.0/20"), 1);
        }

        @Override
        public void write() {
            trie.put(INNER, 2);
            trie.put(INNER, 3);
            assertTrue(trie.remove(INNER));
        }

        @Override
        public void read() {
            int seen = trie.lookup(address("10.1.2.65"));
            assertTrue(seen >= 1 && seen <= 3, "saw " + seen);
        }
    }

    /// The address beside the one whose route comes and goes, looked up as in a burst.
    static final class Beside implements Scenario {
        private final RouteTrie trie;
        private final RouteBurst burst;
        private final LookupVector lookups;

        Beside(SegmentAllocator memory) {
            trie = trie(memory, 1);
            burst = new RouteBurst(trie);
            lookups = new LookupVector(memory, 2);
            trie.put(Ipv4Prefix.parse("0.0.0.0/0"), 9);
            trie.put(Ipv4Prefix.parse("10.1.2.0/24"), 1);
        }

        @Override
        public void write() {
            trie.put(Ipv4Prefix.parse("10.1.3.128/25"), 2);
            trie.remove(Ipv4Prefix.parse("10.1.3.128/25"));
        }

        @Override
        public void read() {
            Lookups.put(lookups, address("10.1.2.1"), address("10.1.3.129"));
            burst.locate(lookups, 0, 2);
            boolean ignored = burst.descend(lookups, 2);
            burst.match(lookups, 2);
            assertEquals(1, Lookups.value(lookups, 0));
            assertOneOf(9, 2, Lookups.value(lookups, 1));
        }
    }

    /// Blocks that readers may still be in are not written again, however often they are replaced.
    abstract static class Reusing implements Scenario {
        private final RouteTrie trie;

        Reusing(SegmentAllocator memory, int readers) {
            trie = trie(memory, readers);
            trie.put(Ipv4Prefix.parse("10.1.2.0/24"), 1);
        }

        @Override
        public void write() {
            trie.put(Ipv4Prefix.parse("10.1.1.0/24"), 2);
            trie.put(Ipv4Prefix.parse("10.1.0.0/24"), 3);
            trie.put(Ipv4Prefix.parse("10.1.3.0/24"), 4);
        }

        @Override
        public void read() {
            assertEquals(1, trie.lookup(address("10.1.2.1")));
        }
    }

    static final class ReusingAfterGrace extends Reusing {
        ReusingAfterGrace(SegmentAllocator memory) {
            super(memory, 1);
        }
    }

    /// The mistake of a reader that nobody knows of.
    static final class ReusingAtOnce extends Reusing {
        ReusingAtOnce(SegmentAllocator memory) {
            super(memory, 0);
        }
    }

    /// A /48, and in it a /64 that comes, changes and goes.
    static final class NestedIpv6 implements Scenario {
        private static final Ipv6Prefix INNER = Ipv6Prefix.parse("2001:db8:1:2::/64");

        private final Ipv6Routes routes;

        NestedIpv6(SegmentAllocator memory) {
            routes = new Ipv6Routes(memory, ROUTES);
            routes.put(Ipv6Prefix.parse("2001:db8:1::/48"), 1);
        }

        @Override
        public void write() {
            routes.put(INNER, 2);
            routes.put(INNER, 3);
            assertTrue(routes.remove(INNER));
        }

        @Override
        public void read() {
            int seen = routes.lookup(0x2001_0db8_0001_0002L, 1);
            assertTrue(seen >= 1 && seen <= 3, "saw " + seen);
        }
    }
}
