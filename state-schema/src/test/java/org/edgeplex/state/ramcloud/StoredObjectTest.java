package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.StoredObject.Stamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredObjectTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Bytes VALUE = Bytes.utf8("value");
    private static final Stamp STAMP = new Stamp(3, 17);

    @Test
    void usersDoNotSeeThatAValueWasWrittenAgain() {
        StoredObject first = object(StoredObject.encode(STAMP, VALUE), 40);
        StoredObject second = object(first.again(), 41);
        StoredObject third = object(second.again(), 42);

        for (StoredObject seen : List.of(first, second, third)) {
            assertEquals(40, seen.liveVersion());
            assertEquals(VALUE, seen.value());
            assertEquals(STAMP, seen.stamp());
            Lookup raw = new Lookup.Found(seen.raw(), seen.version());
            Lookup expected = new Lookup.Found(VALUE, 40);
            assertEquals(expected, StoredObject.lookup("t", KEY, raw));
            assertEquals(List.of(expected), StoredObject.lookups("t", List.of(KEY), List.of(raw)));
        }
        assertEquals(42, third.version());
    }

    @Test
    void aTombstoneStaysOne() {
        StoredObject tombstone = object(StoredObject.tombstone(STAMP), 40);
        StoredObject again = object(tombstone.again(), 41);

        assertFalse(again.isLive());
        assertEquals(0, again.liveVersion());
        assertEquals(STAMP, again.stamp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "0100000000030000000000000", // cut off
                "0000000000030000000000000011", // no such format
                "0300000000030000000000000011", // no such format
                "0200000000030000000000000011", // written again, without the version
                "020000000003000000000000001100000000000000", // the version cut off
                "02000000000300000000000000110000000000000000", // version 0
                "02010000000300000000000000110000000000000028", // a tombstone that was a value
            })
    void damageIsNamed(String hex) {
        Bytes raw = Bytes.wrap(HexFormat.of().parseHex(hex, 0, hex.length() & ~1));
        DamagedRecordException damage =
                assertThrows(DamagedRecordException.class, () -> object(raw, 40));
        assertEquals(
                "table t, key " + KEY + ": not an object of this engine: %.40s".formatted(raw),
                damage.getMessage());
        assertThrows(
                DamagedRecordException.class,
                () -> StoredObject.lookup("t", KEY, new Lookup.Found(raw, 40)));
    }

    private static StoredObject object(Bytes raw, long version) {
        return StoredObject.of("t", KEY, new Lookup.Found(raw, version));
    }
}
