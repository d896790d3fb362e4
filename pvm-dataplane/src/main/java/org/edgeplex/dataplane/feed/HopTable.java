package org.edgeplex.dataplane.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Numbers for hops, shared by the routes that use them and reused when the last one has gone.
final class HopTable {
    private final Map<Hop, Use> uses = new LinkedHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int next;

    /// A hop's number and how many routes use it.
    private record Use(int index, int routes) {}

    Map<Hop, Integer> indexes() {
        Map<Hop, Integer> indexes = new LinkedHashMap<>();
        uses.forEach((hop, use) -> indexes.put(hop, use.index));
        return indexes;
    }

    boolean contains(Hop hop) {
        return uses.containsKey(hop);
    }

    /// The hop's number, for one more route.
    int take(Hop hop) {
        Use use = uses.get(hop);
        if (use == null) {
            int index = free.isEmpty() ? next++ : free.pop();
            uses.put(hop, new Use(index, 1));
            return index;
        }
        uses.put(hop, new Use(use.index, use.routes + 1));
        return use.index;
    }

    /// One route less.
    void giveBack(Hop hop) {
        Use use = uses.get(hop);
        if (use == null) {
            throw new IllegalStateException("no route uses " + hop);
        }
        if (use.routes == 1) {
            uses.remove(hop);
            free.push(use.index);
        } else {
            uses.put(hop, new Use(use.index, use.routes - 1));
        }
    }
}
