package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Memory;

/// Looks addresses up in [Ipv6Routes] many at a time, in rounds, so that the cache misses of
/// different addresses overlap: [#locate], then while there [#remaining] are any, a prefetch of
/// [#lines] by the caller and a [#step].
///
/// One for each reading thread.
public final class Ipv6RouteBurst {
    private final Ipv6Routes table;
    private final WideTable routes;
    private final RouteFilter filter;
    private final long lines;

    /// The addresses that have no answer yet, dense.
    private final int[] active;

    private final long[] hashes;
    private final long[] shorter;
    private final long[] longer;
    private final int[] lengths;
    private long moves;
    private int remaining;

    public Ipv6RouteBurst(SegmentAllocator memory, Ipv6Routes table, int capacity) {
        this.table = table;
        routes = table.routes();
        filter = table.filter();
        lines = memory.allocate(2L * capacity * Long.BYTES, 64).address();
        active = new int[capacity];
        hashes = new long[capacity];
        shorter = new long[capacity];
        longer = new long[capacity];
        lengths = new int[capacity];
    }

    /// How many addresses have no answer yet.
    public int remaining() {
        return remaining;
    }

    /// The address of an array of addresses, two for each that remains.
    public long lines() {
        return lines;
    }

    public int lineCount() {
        return 2 * remaining;
    }

    /// The first stage: which lengths there may be, and where the longest would be. What has no
    /// route but the default is answered.
    public void locate(long[] high, long[] low, int count, int[] values) {
        moves = routes.moves();
        remaining = 0;
        for (int i = 0; i < count; i++) {
            long slot = table.slot(high[i]);
            longer[i] = Ipv6Routes.lengths(slot, 1);
            shorter[i] = Ipv6Routes.lengths(slot, 0);
            advance(i, high[i], low[i], values);
        }
    }

    /// One exact match for each address that remains.
    public void step(long[] high, long[] low, int[] values) {
        int count = remaining;
        remaining = 0;
        for (int n = 0; n < count; n++) {
            int i = active[n];
            int value = match(high[i], low[i], lengths[i], hashes[i]);
            if (value == WideTable.MISSING) {
                advance(i, high[i], low[i], values);
            } else {
                values[i] = value;
            }
        }
    }

    private int match(long high, long low, int length, long hash) {
        long maskedHigh = Ipv6Routes.maskHigh(high, length);
        long maskedLow = Ipv6Routes.maskLow(low, length);
        WideBuckets buckets = routes.buckets();
        long one = buckets.address(buckets.one(hash));
        int value = WideBuckets.match(one, maskedHigh, maskedLow, length);
        if (value == WideTable.MISSING) {
            long two = buckets.address(buckets.two(hash));
            value = WideBuckets.match(two, maskedHigh, maskedLow, length);
        }
        // A miss is believed only if nothing has moved.
        return value != WideTable.MISSING || routes.moves() == moves
                ? value
                : routes.get(maskedHigh, maskedLow, length);
    }

    /// To the next length that may have a route, or to the default if there is none.
    private void advance(int i, long high, long low, int[] values) {
        for (long rest = longer[i]; rest != 0; ) {
            int length = Ipv6Routes.longest(rest, 1);
            rest = Ipv6Routes.without(rest, length);
            long masked = Ipv6Routes.maskLow(low, length);
            if (filter.mayHold(RouteFilter.hash(high, masked, length))) {
                longer[i] = rest;
                lookFor(i, length, WideBuckets.hash(high, masked, length));
                return;
            }
        }
        longer[i] = 0;
        for (long rest = shorter[i]; rest != 0; ) {
            int length = Ipv6Routes.longest(rest, 0);
            rest = Ipv6Routes.without(rest, length);
            long masked = Ipv6Routes.maskHigh(high, length);
            if (filter.mayHold(RouteFilter.hash(masked, length))) {
                shorter[i] = rest;
                lookFor(i, length, WideBuckets.hash(masked, 0, length));
                return;
            }
        }
        values[i] = table.defaultValue();
    }

    private void lookFor(int i, int length, long hash) {
        lengths[i] = length;
        hashes[i] = hash;
        WideBuckets buckets = routes.buckets();
        long line = lines + 16L * remaining;
        Memory.putLong(line, buckets.address(buckets.one(hash)));
        Memory.putLong(line + 8, buckets.address(buckets.two(hash)));
        active[remaining++] = i;
    }
}
