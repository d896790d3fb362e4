package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.util.stream.IntStream;
import org.edgeplex.dataplane.interleaving.Scenario;

/// What happens to a [CuckooTable] under a reader.
final class CuckooScenarios {
    /// Four buckets of seven.
    private static final int ENTRIES = 8;

    private static final int COUNT = 26;

    private CuckooScenarios() {}

    private static int valueOf(int key) {
        return 1000 + key;
    }

    /// A table so full that the next key pushes one from its second bucket back into its first: a
    /// reader that looks into the first before and into the second after finds it in neither.
    ///
    /// @param first of the keys that were put, one after the other
    /// @param removed one of them, in whose place another may move
    private record Move(int first, int count, int removed, int moved) {
        static Move find() {
            SegmentAllocator memory = Arena.ofAuto();
            for (int first = 1; ; first++) {
                for (int removed = first; removed < first + COUNT; removed++) {
                    CuckooTable table = table(memory, first, COUNT, removed);
                    long[] before = addresses(table, first);
                    if (table.put(first + COUNT, 0) == TableOutcome.ADDED) {
                        long[] after = addresses(table, first);
                        for (int i = 0; i < COUNT; i++) {
                            if (after[i] != before[i] && isInFirst(table, first + i, after[i])) {
                                return new Move(first, COUNT, removed, first + i);
                            }
                        }
                    }
                }
            }
        }

        CuckooTable before(SegmentAllocator memory) {
            return table(memory, first, count, removed);
        }

        private static CuckooTable table(
                SegmentAllocator memory, int first, int count, int removed) {
            CuckooTable table = new CuckooTable(memory, ENTRIES);
            for (int key = first; key < first + count; key++) {
                table.put(key, valueOf(key));
            }
            table.remove(removed);
            return table;
        }

        private static long[] addresses(CuckooTable table, int first) {
            return IntStream.range(first, first + COUNT)
                    .mapToLong(key -> table.current().find(key, CuckooTable.hash(key)))
                    .toArray();
        }

        private static boolean isInFirst(CuckooTable table, int key, long address) {
            long offset = address - table.current().bucket(CuckooTable.hash(key));
            return offset >= 0 && offset < 64;
        }
    }

    abstract static class Moving implements Scenario {
        private static final Move MOVE = Move.find();

        final CuckooTable table;
        final int moved = MOVE.moved;

        Moving(SegmentAllocator memory) {
            table = MOVE.before(memory);
        }

        @Override
        public void write() {
            int next = MOVE.first + MOVE.count;
            assertEquals(TableOutcome.ADDED, table.put(next, valueOf(next)));
        }
    }

    static final class MovingUnderLookup extends Moving {
        MovingUnderLookup(SegmentAllocator memory) {
            super(memory);
        }

        @Override
        public void read() {
            assertEquals(valueOf(moved), table.get(moved));
        }
    }

    static final class MovingUnderBurst extends Moving {
        private final CuckooBurst burst;
        private final LookupVector lookups;

        MovingUnderBurst(SegmentAllocator memory) {
            super(memory);
            burst = new CuckooBurst(table);
            lookups = new LookupVector(memory, 1);
        }

        @Override
        public void read() {
            Lookups.put(lookups, moved);
            burst.locate(lookups, 0, 1);
            assertTrue(burst.match(lookups, 1), "missing");
            assertEquals(valueOf(moved), Lookups.value(lookups, 0));
        }
    }

    /// A slot goes from one key to another one of the same tag.
    static final class Replacing implements Scenario {
        private static final int FIRST = 1;

        private final CuckooTable table;
        private final int second;

        Replacing(SegmentAllocator memory) {
            table = new CuckooTable(memory, ENTRIES);
            table.put(FIRST, valueOf(FIRST));
            second =
                    IntStream.iterate(FIRST + 1, key -> key + 1)
                            .filter(key -> isLikeFirst(table, key))
                            .findFirst()
                            .orElseThrow();
        }

        private static boolean isLikeFirst(CuckooTable table, int key) {
            int one = CuckooTable.hash(FIRST);
            int other = CuckooTable.hash(key);
            return CuckooBuckets.tag(one) == CuckooBuckets.tag(other)
                    && table.current().index(one) == table.current().index(other);
        }

        @Override
        public void write() {
            assertTrue(table.remove(FIRST));
            table.put(second, valueOf(second));
            table.put(second, valueOf(second) + 1);
        }

        @Override
        public void read() {
            int first = table.get(FIRST);
            int seen = table.get(second);
            assertTrue(first == CuckooTable.MISSING || first == valueOf(FIRST), "saw " + first);
            assertTrue(
                    seen == CuckooTable.MISSING
                            || seen == valueOf(second)
                            || seen == valueOf(second) + 1,
                    "saw " + seen);
        }
    }

    /// A table is copied into a larger one, which takes its place.
    static final class Growing implements Scenario {
        private static final int KEYS = 22;
        private static final int CHANGES = 4;

        private final CuckooTable table;
        private final CuckooBuckets first;

        Growing(SegmentAllocator memory) {
            table = new CuckooTable(memory, ENTRIES, 4 * ENTRIES);
            first = table.current();
            for (int key = 1; key <= KEYS; key++) {
                assertNotEquals(TableOutcome.FULL, table.put(key, valueOf(key)));
            }
            assertEquals(first, table.current());
        }

        @Override
        public void write() {
            for (int key = KEYS + 1; key <= KEYS + CHANGES; key++) {
                assertEquals(TableOutcome.ADDED, table.put(key, valueOf(key)));
            }
            assertNotEquals(first, table.current());
        }

        @Override
        public void read() {
            assertEquals(valueOf(1), table.get(1));
            int added = table.get(KEYS + 1);
            assertTrue(added == CuckooTable.MISSING || added == valueOf(KEYS + 1), "saw " + added);
        }
    }
}
