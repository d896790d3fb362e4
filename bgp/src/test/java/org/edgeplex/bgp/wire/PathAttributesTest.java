package org.edgeplex.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.RouteTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathAttributesTest {
    private static final RouteTarget RED = RouteTarget.parse("65000:1");
    private static final RouteTarget BLUE = RouteTarget.parse("65000:2");
    private static final long SITE_OF_ORIGIN = 0x0003_fde8_0000_0001L;

    @Test
    void theCanonicalFormDoesNotDependOnTheOrderOfMaking() {
        PathAttributes one = PathAttributes.originated(PathAttribute.Origin.IGP).withLocalPref(7);
        PathAttributes other =
                PathAttributes.EMPTY
                        .withLocalPref(7)
                        .with(AsPath.EMPTY)
                        .with(PathAttribute.Origin.IGP);
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertArrayEquals(one.encode(), other.encode());
        assertEquals("400101004002004005040000" + "0007", HexFormat.of().formatHex(one.encode()));
    }

    @Test
    void aStoredRouteIsTheSameFromPeersOfBothKinds() throws MalformedMessage {
        Message.Update update =
                (Message.Update)
                        MessageCodec.decode(
                                Fixtures.read("update-as4-path.hex"), Fixtures.TWO_OCTET);
        RouteUpdate.Announced announced = (RouteUpdate.Announced) update.changes().getFirst();
        PathAttributes stored = PathAttributes.decode(announced.attributes().encode());
        assertEquals(announced.attributes(), stored);
        assertEquals("65001 4200000001 65001", stored.asPath().toString());
    }

    @Test
    void partialSurvivesStoring() {
        // COMMUNITIES with the partial bit.
        byte[] bytes = HexFormat.of().parseHex("40010100400200e00804fde90001");
        assertArrayEquals(bytes, PathAttributes.decode(bytes).encode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400101", // cut
                "40010103", // ORIGIN 3
                "4001010040010100", // twice
                "40020040010100", // not in order
                "4003040a000001" // a next hop does not belong here
            })
    void whatNobodyStoredIsRefused(String hex) {
        assertThrows(
                IllegalArgumentException.class,
                () -> PathAttributes.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void routeTargetsAreReplacedAndOthersStay() {
        PathAttributes attributes =
                PathAttributes.EMPTY.with(
                        new PathAttribute.ExtendedCommunities(List.of(RED.bits(), SITE_OF_ORIGIN)));
        PathAttributes changed = attributes.withRouteTargets(List.of(BLUE));
        assertEquals(List.of(SITE_OF_ORIGIN, BLUE.bits()), changed.extendedCommunities());
        assertEquals(List.of(BLUE), changed.routeTargets());
        assertEquals(
                PathAttributes.EMPTY,
                PathAttributes.EMPTY.withRouteTargets(List.of(RED)).withRouteTargets(List.of()));
    }

    @Test
    void absentThingsAreAbsent() {
        assertEquals(OptionalLong.empty(), PathAttributes.EMPTY.localPref());
        assertEquals(AsPath.EMPTY, PathAttributes.EMPTY.asPath());
        assertTrue(PathAttributes.EMPTY.origin().isEmpty());
    }

    /// RFC 6793, section 4.2.3: the part that AS4_PATH does not know stands in front.
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "1 2 23456 4,   3 4,       1 2 3 4",
        "1 23456,       70000,     1 70000",
        "1,             70000 2,   1", // longer than the AS_PATH: ignored
        "1 2,           3 4,       3 4"
    })
    void mergesAs4Path(String path, String as4Path, String expected) {
        assertEquals(expected, path(path).mergeAs4Path(path(as4Path)).toString());
    }

    private static AsPath path(String text) {
        return AsPath.sequence(Arrays.stream(text.split(" ", -1)).map(AsNumber::parse).toList());
    }

    @Test
    void aFullSegmentIsFollowedByAnother() {
        AsNumber as = new AsNumber(1);
        AsPath full = AsPath.sequence(Collections.nCopies(AsPath.SEGMENT_AS_MAX, as));
        AsPath longer = full.prepend(new AsNumber(2));
        assertEquals(2, longer.segments().size());
        assertEquals(AsPath.SEGMENT_AS_MAX + 1, longer.pathLength());
        assertEquals(1, full.prepend(as).segments().getFirst().ases().size());
    }
}
