package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.table.CuckooBurst;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.RouteBurst;
import org.edgeplex.dataplane.table.RouteTrie;
import org.edgeplex.dataplane.table.TableOutcome;
import org.edgeplex.net.Ipv4Prefix;

/// The VRF's forwarding table: prefix to number of an adjacency.
///
/// Host routes are exact matches and the longest there are, so they have the cuckoo table; the trie
/// has the rest.
final class Fib {
    static final int MISSING = CuckooTable.MISSING;

    /// The host table grows from here.
    private static final int HOSTS_FIRST = 1024;

    /// Lines asked for at once.
    private static final int CHANGES_MAX = 32;

    private final CuckooTable hosts;
    private final RouteTrie prefixes;
    private final CuckooBurst hostBurst;
    private final RouteBurst prefixBurst;
    private final int[] missed = new int[Ipv4Burst.CAPACITY];
    private final int[] missedAt = new int[Ipv4Burst.CAPACITY];
    private final int[] found = new int[Ipv4Burst.CAPACITY];

    /// Addresses of lines that changes will need.
    private final long changes;

    private int changesCount;

    Fib(SegmentAllocator memory, int hostsMax, int prefixesMax, int trieLinesMax) {
        hosts = new CuckooTable(memory, Math.min(HOSTS_FIRST, hostsMax), hostsMax);
        prefixes = new RouteTrie(memory, prefixesMax, trieLinesMax);
        hostBurst = new CuckooBurst(memory, hosts, Ipv4Burst.CAPACITY);
        prefixBurst = new RouteBurst(memory, prefixes, Ipv4Burst.CAPACITY);
        changes = memory.allocate((long) CHANGES_MAX * Long.BYTES, 64).address();
    }

    /// The route is about to change: notes which lines that needs.
    void approach(Ipv4Prefix prefix) {
        if (prefix.length() == Ipv4Prefix.LENGTH_MAX && changesCount + 2 <= CHANGES_MAX) {
            hosts.putLines(prefix.address().bits(), changes + (long) changesCount * Long.BYTES);
            changesCount += 2;
        }
    }

    /// Asks for the lines that were noted.
    void approached() {
        Prefetch.lines(changes, changesCount);
        changesCount = 0;
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

    /// Asks for the cache lines that the packets which joined since the last call will need: they
    /// come while the next packets are looked at.
    void approach(Ipv4Burst burst) {
        int from = burst.approached();
        int to = burst.size();
        if (hosts.size() > 0) {
            hostBurst.locate(burst.destinations(), from, to);
            Prefetch.lines(hostBurst.lines() + (long) from * Long.BYTES, to - from);
        } else {
            prefixBurst.locate(burst.destinations(), from, to);
            Prefetch.lines(prefixBurst.lines() + (long) from * Long.BYTES, to - from);
        }
        burst.setApproached(to);
    }

    /// Looks up a burst in stages, so that the memory accesses of different packets overlap. The
    /// tables are as they were when it was approached first.
    void lookup(Ipv4Burst burst) {
        int count = burst.size();
        if (count == 0) {
            return;
        }
        int[] destinations = burst.destinations();
        int[] adjacencies = burst.adjacencies();
        approach(burst);
        if (hosts.size() == 0) {
            matchPrefixes(destinations, count, adjacencies);
            return;
        }
        if (hostBurst.match(destinations, count, adjacencies)) {
            return;
        }
        int misses = 0;
        for (int i = 0; i < count; i++) {
            if (adjacencies[i] == MISSING) {
                missed[misses] = destinations[i];
                missedAt[misses++] = i;
            }
        }
        lookUpPrefixes(misses);
        for (int i = 0; i < misses; i++) {
            adjacencies[missedAt[i]] = found[i];
        }
    }

    private void lookUpPrefixes(int count) {
        prefixBurst.locate(missed, count);
        Prefetch.lines(prefixBurst.lines(), count);
        matchPrefixes(missed, count, found);
    }

    private void matchPrefixes(int[] destinations, int count, int[] values) {
        if (prefixBurst.descend(destinations, count)) {
            Prefetch.lines(prefixBurst.lines(), count);
        }
        prefixBurst.match(destinations, count, values);
    }
}
