package org.edgeplex.state.record;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.junit.jupiter.api.Test;

/// Any bytes in any table: a record, or damage.
class RecordFuzzTest {
    @FuzzTest
    void anyBytesAreARecordOrDamage(FuzzedDataProvider data) {
        Table<?, ?> table = data.pickValue(Tables.all());
        Bytes key = Bytes.wrap(data.consumeBytes(100));
        Bytes value = Bytes.wrap(data.consumeRemainingAsBytes());
        check(table, key, value);
    }

    /// The same without a fuzzer, in every build.
    @Test
    void randomBytesAreARecordOrDamage() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            for (Table<?, ?> table : Tables.all()) {
                Bytes key = random(random, 24);
                Bytes value = random(random, 80);
                assertDoesNotThrow(
                        () -> check(table, key, value),
                        () -> "seed " + seed + ": " + table + " " + key + " " + value);
            }
        }
    }

    private static Bytes random(SplittableRandom random, int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax)];
        // Mostly small numbers: lengths and constants that pass.
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(random.nextInt(4) == 0 ? 256 : 3);
        }
        return Bytes.wrap(bytes);
    }

    private static void check(Table<?, ?> table, Bytes key, Bytes value) {
        checkKey(table, key);
        checkRecord(table, key, value);
    }

    private static <K> void checkKey(Table<K, ?> table, Bytes bytes) {
        try {
            K key = table.decodeKey(bytes);
            assertEquals(key, table.keys().decode(table.keys().encode(key)));
        } catch (DamagedRecordException e) {
            // As it should.
        }
    }

    private static <V> void checkRecord(Table<?, V> table, Bytes key, Bytes bytes) {
        try {
            V value = table.decode(key, bytes);
            assertEquals(value, table.records().decode(table.records().encode(value)));
        } catch (DamagedRecordException e) {
            // As it should.
        }
    }
}
