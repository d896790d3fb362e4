package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.packet.Memory;

/// Longest-prefix match for IPv6: one exact match for each length that may have a route, the
/// longest first.
///
/// ```
/// root, 2^16 slots by the first 16 bits:  | lengths 1..64 | lengths 65..128 |   one bit each
/// ```
///
/// The routes are in a [WideTable]; a root's slot tells which lengths occur under it, and a
/// [RouteFilter] which of these are not worth an access: so a lookup seldom has more than one, and
/// all of a round's lines are on their way together. A million routes take 1 MB, 2 MB and 32 MB
/// whatever their lengths are. A trie of 128 bits would take a line or more at each of its eight
/// levels down to a /64; a binary search over lengths would need markers, of which one change may
/// touch any number. The price: under a /16 with routes of every length, a lookup that finds
/// nothing asks the filter for each.
///
/// **Changes** are bounded work: one entry, and the slots that the prefix covers, more than one for
/// lengths under 16 only.
///
/// **Threads.** One writes; any number read without locks. A route's entry is there before its
/// length is shown and goes before it is hidden, so a lookup sees a route whole or not at all.
public final class Ipv6Routes {
    /// What [#lookup] returns where no route is.
    public static final int MISSING = WideTable.MISSING;

    public static final int VALUE_MAX = WideTable.VALUE_MAX;

    private static final int ROOT_BITS = 16;
    private static final int ROOT_SHIFT = Long.SIZE - ROOT_BITS;
    private static final int SLOT_SHIFT = 4;

    private final long root;
    private final WideTable routes;
    private final RouteFilter filter;

    /// How many routes of a length longer than the root's bits are under a slot.
    private final PrefixMap counts;

    private volatile int defaultValue = MISSING;
    private boolean hasDefault;

    public Ipv6Routes(SegmentAllocator memory, int routesMax) {
        root = memory.allocate(1L << ROOT_BITS + SLOT_SHIFT, 64).address();
        routes = new WideTable(memory, routesMax);
        filter = new RouteFilter(memory, routesMax);
        counts = new PrefixMap(routesMax);
    }

    public int size() {
        return routes.size() + (hasDefault ? 1 : 0);
    }

    WideTable routes() {
        return routes;
    }

    RouteFilter filter() {
        return filter;
    }

    int defaultValue() {
        return defaultValue;
    }

    /// The value of the longest prefix that contains the address, or [#MISSING].
    public int lookup(long high, long low) {
        long slot = slot(high);
        for (int half = 1; half >= 0; half--) {
            long lengths = lengths(slot, half);
            while (lengths != 0) {
                int length = longest(lengths, half);
                int value = routes.get(maskHigh(high, length), maskLow(low, length), length);
                if (value != MISSING) {
                    return value;
                }
                lengths = without(lengths, length);
            }
        }
        return defaultValue;
    }

    /// The address of the root's slot for an address.
    long slot(long high) {
        return root + (high >>> ROOT_SHIFT << SLOT_SHIFT);
    }

    /// The lengths under a slot, 1 to 64 in half 0, the others in half 1.
    static long lengths(long slot, int half) {
        return Memory.getLongConsume(slot + (long) half * Long.BYTES);
    }

    static int longest(long lengths, int half) {
        return (half + 1) * Long.SIZE - Long.numberOfLeadingZeros(lengths);
    }

    static long without(long lengths, int length) {
        return lengths & ~bit(length);
    }

    private static long bit(int length) {
        return 1L << length - 1;
    }

    static long maskHigh(long high, int length) {
        return high & Ipv6Prefix.maskHigh(length);
    }

    static long maskLow(long low, int length) {
        return low & Ipv6Prefix.maskLow(length);
    }

    public TableOutcome put(Ipv6Prefix prefix, int value) {
        long high = prefix.address().high();
        int length = prefix.length();
        if (length == 0) {
            return putDefault(value);
        }
        long low = prefix.address().low();
        TableOutcome outcome = routes.put(high, low, length, value);
        if (outcome == TableOutcome.ADDED) {
            filter.add(filterHash(high, low, length));
            show(high, length);
        }
        return outcome;
    }

    private static long filterHash(long high, long low, int length) {
        return length > Long.SIZE
                ? RouteFilter.hash(high, low, length)
                : RouteFilter.hash(high, length);
    }

    private TableOutcome putDefault(int value) {
        if (value < 0 || value > VALUE_MAX) {
            throw new IllegalArgumentException("value out of range 0.." + VALUE_MAX + ": " + value);
        }
        TableOutcome outcome = hasDefault ? TableOutcome.REPLACED : TableOutcome.ADDED;
        defaultValue = value;
        hasDefault = true;
        return outcome;
    }

    private void show(long high, int length) {
        if (length > ROOT_BITS) {
            int key = countKey(high, length);
            int count = counts.get(key, 0, 0);
            counts.put(key, 0, count + 1);
            if (count > 0) {
                return;
            }
        }
        for (long at = firstSlot(high, length);
                at < endSlot(high, length);
                at += 1L << SLOT_SHIFT) {
            long word = at + wordOffset(length);
            Memory.putLongRelease(word, Memory.getLong(word) | bit(length));
        }
    }

    /// True if the route was there.
    public boolean remove(Ipv6Prefix prefix) {
        long high = prefix.address().high();
        int length = prefix.length();
        if (length == 0) {
            boolean wasThere = hasDefault;
            defaultValue = MISSING;
            hasDefault = false;
            return wasThere;
        }
        long low = prefix.address().low();
        if (!routes.remove(high, low, length)) {
            return false;
        }
        filter.remove(filterHash(high, low, length));
        hide(high, length);
        return true;
    }

    private void hide(long high, int length) {
        if (length > ROOT_BITS) {
            int key = countKey(high, length);
            int count = counts.get(key, 0, 0);
            if (count > 1) {
                counts.put(key, 0, count - 1);
                return;
            }
            counts.remove(key, 0);
        }
        for (long at = firstSlot(high, length);
                at < endSlot(high, length);
                at += 1L << SLOT_SHIFT) {
            long word = at + wordOffset(length);
            Memory.putLongRelease(word, Memory.getLong(word) & ~bit(length));
        }
    }

    private long firstSlot(long high, int length) {
        return slot(maskHigh(high, length));
    }

    private long endSlot(long high, int length) {
        int bits = Math.max(0, ROOT_BITS - length);
        return firstSlot(high, length) + (1L << SLOT_SHIFT + bits);
    }

    private static int wordOffset(int length) {
        return length > Long.SIZE ? Long.BYTES : 0;
    }

    private static int countKey(long high, int length) {
        return (int) (high >>> ROOT_SHIFT) << 7 | length - 1;
    }
}
