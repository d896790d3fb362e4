package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.table.CuckooBurst;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.LookupVector;
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

    /// Tables of so many lines of 64 bytes are in the second cache when they are in use.
    private static final int LINES_SMALL = 2048;

    /// Lines asked for at once.
    private static final int CHANGES_MAX = 32;

    private int linesSmall = LINES_SMALL;
    private final CuckooTable hosts;
    private final RouteTrie prefixes;
    private final CuckooBurst hostBurst;
    private final RouteBurst prefixBurst;

    /// What no host route leads to, each with the record of the packet.
    private final LookupVector missed;

    /// Addresses of lines that changes will need.
    private final long changes;

    private int changesCount;

    Fib(SegmentAllocator memory, int hostsMax, int prefixesMax, int trieLinesMax) {
        hosts = new CuckooTable(memory, Math.min(HOSTS_FIRST, hostsMax), hostsMax);
        prefixes = new RouteTrie(memory, prefixesMax, trieLinesMax);
        hostBurst = new CuckooBurst(hosts);
        prefixBurst = new RouteBurst(prefixes);
        missed = new LookupVector(memory, Ipv4Burst.CAPACITY);
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
        Prefetch.lines(changes, changesCount, Long.BYTES);
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

    /// Up to how many lines tables are looked up without stages.
    void setLinesSmall(int lines) {
        linesSmall = lines;
    }

    /// After how many packets [#approach] wants to be called; it does nothing for small tables, and
    /// any number will do.
    int step() {
        return isSmall() ? Ipv4Burst.CAPACITY : LookupVector.ASKED_AT_ONCE;
    }

    /// Asks for the cache lines that the packets which joined since the last call will need: they
    /// come while the next packets are looked at.
    void approach(Ipv4Burst burst) {
        if (isSmall()) {
            return;
        }
        LookupVector lookups = burst.lookups();
        int from = burst.approached();
        int to = burst.size();
        if (hosts.size() > 0) {
            hostBurst.locate(lookups, from, to);
        } else {
            prefixBurst.locate(lookups, from, to);
        }
        askForLines(lookups, from, to);
        burst.setApproached(to);
    }

    private static void askForLines(LookupVector lookups, int from, int to) {
        Prefetch.lines(lookups.lines(from), to - from, LookupVector.RECORD_BYTES);
    }

    /// True where waiting for memory is no matter, and stages cost more than they save. A prefix
    /// counts for a line of the trie's root. The same for all of a burst, as tables change between
    /// bursts.
    private boolean isSmall() {
        return hosts.buckets() + prefixes.linesUsed() + prefixes.size() <= linesSmall;
    }

    /// Looks up a burst; from large tables in stages, so that the memory accesses of different
    /// packets overlap. The tables are as they were when it was approached first.
    void lookup(Ipv4Burst burst) {
        int count = burst.size();
        if (count == 0) {
            return;
        }
        LookupVector lookups = burst.lookups();
        if (isSmall()) {
            lookUpOneByOne(lookups, count);
            return;
        }
        approach(burst);
        if (hosts.size() == 0) {
            matchPrefixes(lookups, count);
        } else if (!hostBurst.match(lookups, count)) {
            lookUpMissed(lookups, count);
        }
    }

    /// Looks into the host table without a burst's care for what the compiler may keep: still less
    /// than its stages.
    private void lookUpOneByOne(LookupVector lookups, int count) {
        boolean hasHosts = hosts.size() > 0;
        RouteTrie trie = prefixes;
        long end = lookups.record(count);
        for (long record = lookups.record(0); record != end; record += LookupVector.RECORD_BYTES) {
            int key = LookupVector.key(record);
            int value = hasHosts ? hosts.get(key) : MISSING;
            LookupVector.setValue(record, value == MISSING ? trie.lookup(key) : value);
        }
    }

    private void lookUpMissed(LookupVector lookups, int count) {
        int misses = 0;
        for (int i = 0; i < count; i++) {
            long record = lookups.record(i);
            if (LookupVector.value(record) == MISSING) {
                long miss = missed.record(misses++);
                LookupVector.setKey(miss, LookupVector.key(record));
                Memory.putLong(miss + LookupVector.CALLER, record);
            }
        }
        prefixBurst.locate(missed, 0, misses);
        askForLines(missed, 0, misses);
        matchPrefixes(missed, misses);
        for (int i = 0; i < misses; i++) {
            long miss = missed.record(i);
            long record = Memory.getLong(miss + LookupVector.CALLER);
            LookupVector.setValue(record, LookupVector.value(miss));
        }
    }

    private void matchPrefixes(LookupVector lookups, int count) {
        if (prefixBurst.descend(lookups, count)) {
            askForLines(lookups, 0, count);
        }
        prefixBurst.match(lookups, count);
    }
}
