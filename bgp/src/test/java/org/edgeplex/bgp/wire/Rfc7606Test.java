package org.edgeplex.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.edgeplex.bgp.wire.AttributeError.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The table of RFC 7606: what is wrong with an UPDATE, and what is done about it.
final class Rfc7606Test {
    private static final String PREFIX = "180a0102"; // 10.1.2.0/24

    private static byte[] update(String withdrawn, String attributes, String nlri) {
        HexFormat hex = HexFormat.of();
        byte[] gone = hex.parseHex(withdrawn);
        byte[] list = hex.parseHex(attributes);
        OctetWriter body = new OctetWriter().u16(gone.length).bytes(gone);
        body.u16(list.length).bytes(list).bytes(hex.parseHex(nlri));
        return MessageCodec.frame(Iana.UPDATE, body);
    }

    /// `O`, `P`, `N` and `L` stand for good ORIGIN, AS_PATH, NEXT_HOP and LOCAL_PREF.
    private static String expand(String attributes) {
        return attributes
                .replace("O", "40010100")
                .replace("P", "40020602010000fde9")
                .replace("N", "4003040a000001")
                .replace("L", "40050400000064")
                .replace(" ", "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/wire/rfc7606.csv", numLinesToSkip = 1)
    void outcomes(String name, String peer, String attributes, String expected, int code)
            throws MalformedMessage {
        DecodeContext context =
                switch (peer) {
                    case "internal" -> Fixtures.INTERNAL;
                    case "external" -> Fixtures.EXTERNAL;
                    case "two-octet" -> Fixtures.TWO_OCTET;
                    default -> throw new IllegalArgumentException(name + ": " + peer);
                };
        byte[] message = update("", expand(attributes), PREFIX);
        if (Outcome.valueOf(expected) == Outcome.SESSION_RESET) {
            MalformedMessage error =
                    assertThrows(
                            MalformedMessage.class, () -> MessageCodec.decode(message, context));
            assertEquals(NotificationCode.UPDATE_MESSAGE_ERROR.code(), error.notification().code());
            assertEquals(code, error.notification().subcode());
            return;
        }
        Message.Update update = (Message.Update) MessageCodec.decode(message, context);
        assertEquals(
                List.of(code + " " + expected),
                update.errors().stream()
                        .map(error -> error.attributeCode() + " " + error.outcome())
                        .toList());
        RouteUpdate change = update.changes().getFirst();
        boolean withdrawn = change instanceof RouteUpdate.Withdrawn;
        assertEquals(Outcome.valueOf(expected) == Outcome.TREAT_AS_WITHDRAW, withdrawn);
        if (change instanceof RouteUpdate.Announced announced) {
            assertFalse(announced.attributes().find(PathAttribute.Unknown.class).isPresent());
        }
    }

    @Test
    void aGoodOneHasNoErrors() throws MalformedMessage {
        Message.Update update =
                (Message.Update)
                        MessageCodec.decode(update("", expand("OPNL"), PREFIX), Fixtures.INTERNAL);
        assertEquals(List.of(), update.errors());
        assertEquals(1, update.changes().size());
    }

    @Test
    void withdrawalsStandBeforeAnnouncements() throws MalformedMessage {
        Message.Update update =
                (Message.Update)
                        MessageCodec.decode(
                                update(PREFIX, expand("OPN"), PREFIX), Fixtures.EXTERNAL);
        assertEquals(
                new RouteUpdate.Withdrawn(
                        AddressFamily.IPV4_UNICAST, List.of(Fixtures.nlri("10.1.2.0/24"))),
                update.changes().getFirst());
        assertEquals(RouteUpdate.Announced.class, update.changes().getLast().getClass());
    }

    /// RFC 7606, section 5.2: nobody can say whose routes to withdraw.
    @Test
    void anAttributeErrorWithoutRoutesResets() {
        assertThrows(
                MalformedMessage.class,
                () -> MessageCodec.decode(update("", "40010103", ""), Fixtures.EXTERNAL));
    }

    /// RFC 7606, section 5.3.
    @Test
    void routesThatCannotBeToldApartReset() {
        for (String nlri : List.of("21ffffffffff", "180a01", "ff")) {
            assertThrows(
                    MalformedMessage.class,
                    () -> MessageCodec.decode(update("", expand("OPN"), nlri), Fixtures.EXTERNAL));
            assertThrows(
                    MalformedMessage.class,
                    () -> MessageCodec.decode(update(nlri, "", ""), Fixtures.EXTERNAL));
        }
    }

    @Test
    void aFamilyThatIsNotSpokenIsLeftAlone() throws MalformedMessage {
        // MP_REACH_NLRI of IPv6 unicast, next hop of 16 octets, 2001:db8::/32.
        String ipv6 = "800e1a 0002 01 10 20010db8000000000000000000000001 00 2020010db8";
        Message.Update update =
                (Message.Update)
                        MessageCodec.decode(
                                update("", ipv6.replace(" ", "") + expand("OP"), ""),
                                Fixtures.EXTERNAL);
        assertEquals(List.of(), update.changes());
        assertEquals(Outcome.DISCARD, update.errors().getFirst().outcome());
    }
}
