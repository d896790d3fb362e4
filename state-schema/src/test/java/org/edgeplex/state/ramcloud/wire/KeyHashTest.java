package org.edgeplex.state.ramcloud.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.edgeplex.state.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hashes as RAMCloud's own function gave them, of the octets 200, 237, 274, ... modulo 256.
class KeyHashTest {
    @ParameterizedTest(name = "{1} octets, table {0}")
    @CsvSource({
        "0, 0, 0000000000000000",
        "0, 1, a46bd16248e551c3",
        "0, 7, cf7b85bf8584968d",
        "0, 8, 8c77ad3171d401d8",
        "0, 9, efc048af822f9d54",
        "0, 15, 1237ca845d4c1800",
        "0, 16, 015deb6369b72afb",
        "0, 17, 067f69ffe052646e",
        "0, 24, 8073d71cf8f630ee",
        "0, 31, b01845ebc1e4df7c",
        "0, 32, 5fcf6f12a39e0ca6",
        "0, 33, ed93e0c56ea3a764",
        "0, 48, 8c91fc481fc56693",
        "0, 63, 561874c58cd3c275",
        "1, 0, 4610abe56eff5cb5",
        "1, 1, cdac978c98cf8594",
        "1, 7, 804a58b407887b1e",
        "1, 8, 3d3e552a978677f3",
        "1, 9, 02bc8f14a5283c2f",
        "1, 15, d881658d43b0a5a5",
        "1, 16, e6e6cdda7936749d",
        "1, 17, 691724138a871572",
        "1, 24, 8775124e66277b1b",
        "1, 31, 169461541f0a43b9",
        "1, 32, b737162941f04285",
        "1, 33, ba70a2b7f30a0988",
        "1, 48, 1919d8ce8cca3ba6",
        "1, 63, 27b447851b336d1a",
        "89abcdef, 0, 8314a78470f3fec4",
        "89abcdef, 1, 29d1234561f6b941",
        "89abcdef, 7, e9ad3da63a916f18",
        "89abcdef, 8, 6f806865c38365fb",
        "89abcdef, 9, 0dc25093ba2e025f",
        "89abcdef, 15, d94f121e2123810b",
        "89abcdef, 16, 479b91eb9b15d5ad",
        "89abcdef, 17, 14b70e3e1a4b59cd",
        "89abcdef, 24, ddf1c1f3d6aa881e",
        "89abcdef, 31, db0c61056f9c305c",
        "89abcdef, 32, aeb6c9cb2d5fe7ac",
        "89abcdef, 33, 1508128c58c931fd",
        "89abcdef, 48, 3e950d5014033851",
        "89abcdef, 63, 0b452028fccf4dde"
    })
    void isRamcloudsHash(String tableId, int length, String expected) {
        byte[] key = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            key[i + 1] = (byte) (i * 37 + 200);
        }
        long hash = KeyHash.of(Long.parseLong(tableId, 16), Bytes.wrap(key, 1, length));
        assertEquals(expected, "%016x".formatted(hash));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "100000001, 1", "ffffffff89abcdef, 89abcdef"})
    void theLowerHalfOfTheTablesIdCounts(String tableId, String same) {
        Bytes key = Bytes.utf8("a key of some length");
        assertEquals(
                KeyHash.of(Long.parseUnsignedLong(same, 16), key),
                KeyHash.of(Long.parseUnsignedLong(tableId, 16), key));
    }
}
