package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTableTest {
    @ParameterizedTest(name = "label {0}")
    @ValueSource(ints = {0, 16, 1_048_575})
    void aLabelIsBoundUntilItIsRemoved(int label) {
        try (Arena arena = Arena.ofConfined()) {
            LabelTable table = new LabelTable(arena);
            assertEquals(LabelTable.MISSING, table.get(label));
            assertFalse(table.remove(label));
            table.put(label, 0);
            assertEquals(0, table.get(label));
            table.put(label, Integer.MAX_VALUE);
            assertEquals(Integer.MAX_VALUE, table.get(label));
            assertEquals(LabelTable.MISSING, table.get(label ^ 1));
            assertTrue(table.remove(label));
            assertEquals(LabelTable.MISSING, table.get(label));
        }
    }

    @Test
    void theValueThatMeansMissingIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            LabelTable table = new LabelTable(arena);
            assertThrows(IllegalArgumentException.class, () -> table.put(1, LabelTable.MISSING));
        }
    }
}
