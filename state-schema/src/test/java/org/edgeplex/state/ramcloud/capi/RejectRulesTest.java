package org.edgeplex.state.ramcloud.capi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.edgeplex.state.Expect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The structure as a C compiler lays it out on a little-endian machine.
class RejectRulesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void arePackedIntoTwelveOctets(Expect expect, String expectedHex) {
        MemorySegment rules = MemorySegment.ofArray(new byte[3 * RejectRules.BYTES]);
        rules.fill((byte) 0xee);
        RejectRules.put(rules, RejectRules.BYTES, expect);
        String around = "ee".repeat(RejectRules.BYTES);
        assertEquals(
                around + expectedHex + around,
                HexFormat.of().formatHex(rules.toArray(ValueLayout.JAVA_BYTE)));
    }

    static Stream<Arguments> arePackedIntoTwelveOctets() {
        return Stream.of(
                Arguments.of(Expect.ANY, "0000000000000000" + "00000000"),
                Arguments.of(Expect.ABSENT, "0000000000000000" + "00010000"),
                Arguments.of(new Expect.Version(0x0102), "0201000000000000" + "01000001"),
                Arguments.of(new Expect.Version(-1), "ffffffffffffffff" + "01000001"));
    }
}
