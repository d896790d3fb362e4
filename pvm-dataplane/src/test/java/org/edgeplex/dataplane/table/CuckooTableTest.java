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
