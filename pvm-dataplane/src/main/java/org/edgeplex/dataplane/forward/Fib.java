package org.edgeplex.dataplane.forward;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.RouteTrie;
import org.edgeplex.dataplane.table.TableOutcome;
import org.edgeplex.net.Ipv4Prefix;

/// The VRF's forwarding table: prefix to number of an adjacency.
///
/// Host routes are exact matches and the longest there are, so they have the cuckoo table; the trie
/// has the rest.
final class Fib {
    static final int MISSING = CuckooTable.MISSING;

    private final CuckooTable hosts;
    private final RouteTrie prefixes;
    private final int[] hashes = new int[Ipv4Burst.CAPACITY];
    private final long[] buckets = new long[Ipv4Burst.CAPACITY];

    Fib(Arena arena, int hostsMax, int prefixesMax, int trieBlocksMax) {
        hosts = new CuckooTable(arena, hostsMax);
        prefixes = new RouteTrie(arena, prefixesMax, trieBlocksMax);
    }

    TableOutcome put(Ipv4Prefix prefix, int adjacency) {
        return prefix.length() == Ipv4Prefix.LENGTH_MAX
                ? hosts.put(prefix.address().bits(), adjacency)
                : prefixes.put(prefix, adjacency);
    }

    boolean remove(Ipv4Prefix prefix) {
        return prefix.length() == Ipv4Prefix.LENGTH_MAX
                ? hosts.remove(prefix.address().bits())
                : prefixes.remove(prefix);
    }

    /// Looks up a burst in stages, so that the memory accesses of different packets overlap.
    void lookup(Ipv4Burst burst) {
        int count = burst.size();
        if (hosts.size() > 0) {
            for (int i = 0; i < count; i++) {
                hashes[i] = CuckooTable.hash(burst.destination(i));
                buckets[i] = hosts.firstBucket(hashes[i]);
            }
            for (int i = 0; i < count; i++) {
                burst.setAdjacency(i, hosts.get(burst.destination(i), hashes[i], buckets[i]));
            }
        } else {
            for (int i = 0; i < count; i++) {
                burst.setAdjacency(i, MISSING);
            }
        }
        for (int i = 0; i < count; i++) {
            if (burst.adjacency(i) == MISSING) {
                burst.setAdjacency(i, prefixes.lookup(burst.destination(i)));
            }
        }
    }
}
