package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuckooTableTest {
    @Test
    void anEmptyTableHasNothing() {
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 10);
            assertEquals(CuckooTable.MISSING, table.get(0));
            assertFalse(table.remove(0));
            assertEquals(0, table.size());
        }
    }

    @Test
    void theValueThatMeansMissingIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 10);
            assertThrows(IllegalArgumentException.class, () -> table.put(1, CuckooTable.MISSING));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAHashMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 500);
            for (int step = 0; step < 50_000; step++) {
                int key = random.nextInt(700);
                if (random.nextInt(3) == 0) {
                    assertEquals(model.remove(key) != null, table.remove(key));
                } else {
                    int value = random.nextInt() & Integer.MAX_VALUE;
                    TableOutcome outcome = table.put(key, value);
                    if (outcome != TableOutcome.FULL) {
                        boolean replaced = model.put(key, value) != null;
                        assertEquals(replaced, outcome == TableOutcome.REPLACED);
                    } else {
                        assertFalse(model.containsKey(key));
                    }
                }
                assertEquals(model.size(), table.size());
                int probe = random.nextInt(700);
                assertEquals(model.getOrDefault(probe, CuckooTable.MISSING), table.get(probe));
            }
            model.forEach((key, value) -> assertEquals(value, table.get(key)));
        }
    }

    @ParameterizedTest(name = "{0} entries")
    @ValueSource(ints = {1, 100, 10_000, 200_000})
    void holdsWhatItWasMadeFor(int entries) {
        SplittableRandom random = new SplittableRandom(entries);
        Map<Integer, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, entries);
            while (model.size() < entries) {
                int key = random.nextInt();
                model.put(key, key & 0xffff);
                assertTrue(table.put(key, key & 0xffff) != TableOutcome.FULL, "full at " + key);
            }
            model.forEach((key, value) -> assertEquals(value, table.get(key)));
        }
    }

    @Test
    void growsWhileItIsUsedAndStopsAtItsLimit() {
        SplittableRandom random = new SplittableRandom(9);
        Map<Integer, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 10, 50_000);
            int first = table.buckets();
            boolean isFull = false;
            while (!isFull) {
                int key = random.nextInt();
                isFull = table.put(key, key & 0xffff) == TableOutcome.FULL;
                if (!isFull) {
                    model.put(key, key & 0xffff);
                }
                int gone = random.nextInt(8) == 0 ? key : random.nextInt();
                assertEquals(model.remove(gone) != null, table.remove(gone));
                if (Integer.bitCount(model.size()) == 1) {
                    model.forEach((each, value) -> assertEquals(value, table.get(each)));
                }
            }
            assertTrue(table.size() > 50_000 && table.buckets() > first);
            model.forEach((each, value) -> assertEquals(value, table.get(each)));
        }
    }

    @Test
    void keysThatAllCollideAreRefusedAndHarmNoOthers() {
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 1000, 1_000_000);
            int target = CuckooBuckets.hash(1);
            int added = 0;
            int tried = 0;
            for (int key = 1; tried < 40; key++) {
                if ((CuckooBuckets.hash(key) ^ target) << 12 == 0
                        && CuckooBuckets.tag(CuckooBuckets.hash(key))
                                == CuckooBuckets.tag(target)) {
                    tried++;
                    added += table.put(key, key) == TableOutcome.ADDED ? 1 : 0;
                    assertEquals(added, table.size());
                }
            }
            assertEquals(2 * CuckooBuckets.SLOTS, added);
            assertEquals(TableOutcome.ADDED, table.put(0, 5));
            assertEquals(5, table.get(0));
        }
    }

    @Test
    void aBurstFindsWhatSingleLookupsFind() {
        SplittableRandom random = new SplittableRandom(4);
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 100, 10_000);
            CuckooBurst burst = new CuckooBurst(table);
            LookupVector lookups = new LookupVector(arena, 32);
            int[] keys = new int[32];
            for (int step = 0; step < 5_000; step++) {
                table.put(random.nextInt(10_000), step);
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = random.nextInt(12_000);
                }
                Lookups.put(lookups, keys);
                burst.locate(lookups, 0, 20);
                burst.locate(lookups, 20, 32);
                burst.match(lookups, 32);
                for (int i = 0; i < keys.length; i++) {
                    assertEquals(table.get(keys[i]), Lookups.value(lookups, i));
                }
            }
        }
    }

    @Test
    void aFullTableSaysSoAndKeepsWhatItHas() {
        Map<Integer, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable table = new CuckooTable(arena, 20);
            int refused = 0;
            for (int key = 0; key < 1000; key++) {
                if (table.put(key, key) == TableOutcome.FULL) {
                    refused++;
                } else {
                    model.put(key, key);
                }
                model.forEach((each, value) -> assertEquals(value, table.get(each)));
            }
            assertTrue(refused > 900);
            assertEquals(model.size(), table.size());
        }
    }
}
