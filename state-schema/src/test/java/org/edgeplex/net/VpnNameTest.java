package org.edgeplex.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VpnNameTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "65000:1, 0000fde800000001, 0002fde800000001",
        "10.0.0.1:7, 00010a0000010007, 01020a0000010007",
        "4200000000:9, 0002fa56ea000009, 0202fa56ea000009"
    })
    void readsAndWritesTheThreeForms(String text, String distinguisher, String target) {
        RouteDistinguisher rd = RouteDistinguisher.parse(text);
        RouteTarget rt = RouteTarget.parse(text);
        assertEquals(Long.parseUnsignedLong(distinguisher, 16), rd.bits());
        assertEquals(Long.parseUnsignedLong(target, 16), rt.bits());
        assertEquals(text, rd.toString());
        assertEquals(text, rt.toString());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "1",
                ":",
                "65000:",
                ":1",
                "a:1",
                "65000:4294967296",
                "10.0.0.1:65536",
                "70000:65536",
                "10.0.0:1",
                "-1:1"
            })
    void refusesWhatIsNotAName(String text) {
        assertThrows(IllegalArgumentException.class, () -> RouteDistinguisher.parse(text));
        assertThrows(IllegalArgumentException.class, () -> RouteTarget.parse(text));
    }
}
