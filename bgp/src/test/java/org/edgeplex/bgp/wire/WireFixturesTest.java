package org.edgeplex.bgp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes and messages, in both directions.
final class WireFixturesTest {
    static Stream<String> names() {
        return Fixtures.all().keySet().stream();
    }

    private static Fixtures.Fixture fixture(String name) {
        return Fixtures.all().entrySet().stream()
                .filter(entry -> entry.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void encodesToTheFixture(String name) {
        assertEquals(
                HexFormat.of().formatHex(Fixtures.read(name + ".hex")),
                HexFormat.of().formatHex(Fixtures.encode(fixture(name))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void decodesFromTheFixture(String name) throws MalformedMessage {
        Fixtures.Fixture fixture = fixture(name);
        assertEquals(
                fixture.message(),
                MessageCodec.decode(Fixtures.read(name + ".hex"), fixture.context()));
    }

    /// Cut anywhere, with a length that says so: an error or another message, but no accident.
    @ParameterizedTest
    @MethodSource("names")
    void everyTruncationIsNoticed(String name) {
        byte[] whole = Fixtures.read(name + ".hex");
        for (int length = Message.HEADER_BYTES; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            cut[16] = (byte) (length >>> 8);
            cut[17] = (byte) length;
            try {
                Message message = MessageCodec.decode(cut, fixture(name).context());
                assertNotEquals(fixture(name).message(), message);
            } catch (MalformedMessage error) {
                assertFalse(error.detail().isEmpty());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "marker,          00ffffffffffffffffffffffffffffff001304, 1, 1",
        "too short,       ffffffffffffffffffffffffffffffff001204, 1, 2",
        "too long,        ffffffffffffffffffffffffffffffff100102, 1, 2",
        "long keepalive,  ffffffffffffffffffffffffffffffff001404, 1, 2",
        "short open,      ffffffffffffffffffffffffffffffff001c01, 1, 2",
        "short update,    ffffffffffffffffffffffffffffffff001602, 1, 2"
    })
    void refusesHeaders(String name, String hex, int code, int subcode) {
        MalformedMessage error =
                assertThrows(
                        MalformedMessage.class,
                        () -> MessageCodec.decodeLength(HexFormat.of().parseHex(hex)),
                        name);
        assertEquals(code, error.notification().code());
        assertEquals(subcode, error.notification().subcode());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "version 3,               03fde9005a0a00000100,             1",
        "hold time 2,             04fde900020a00000100,             6",
        "identifier 0,            04fde9005a0000000000,             3",
        "parameter 1,             04fde9005a0a0000010201 00,        4",
        "parameters beyond,       04fde9005a0a0000010402 00,        0",
        "octets after parameters, 04fde9005a0a00000100ff,           0",
        "capability beyond,       04fde9005a0a00000104020241 04,    0"
    })
    void refusesOpens(String name, String bodyHex, int subcode) {
        byte[] body = HexFormat.of().parseHex(bodyHex.replace(" ", ""));
        byte[] open = MessageCodec.frame(Iana.OPEN, new OctetWriter().bytes(body));
        MalformedMessage error =
                assertThrows(
                        MalformedMessage.class,
                        () -> MessageCodec.decode(open, DecodeContext.BEFORE_OPEN),
                        name);
        assertEquals(NotificationCode.OPEN_MESSAGE_ERROR.code(), error.notification().code());
        assertEquals(subcode, error.notification().subcode());
    }

    @Test
    void readsExtendedOptionalParameters() throws MalformedMessage {
        // RFC 9072: type 255 in place of the first parameter, then lengths of two octets.
        byte[] body = HexFormat.of().parseHex("04fde9005a0a000001ffff000502000202" + "00");
        byte[] open = MessageCodec.frame(Iana.OPEN, new OctetWriter().bytes(body));
        assertEquals(
                new Message.Open(
                        new AsNumber(65001),
                        90,
                        Ipv4Address.parse("10.0.0.1"),
                        List.of(new Capability.RouteRefresh())),
                MessageCodec.decode(open, DecodeContext.BEFORE_OPEN));
    }

    @Test
    void showsTheWordsOfAShutdown() throws MalformedMessage {
        Message message =
                MessageCodec.decode(Fixtures.read("notification-shutdown.hex"), Fixtures.INTERNAL);
        assertEquals("CEASE/ADMINISTRATIVE_SHUTDOWN \"maintenance\"", message.toString());
    }

    @Test
    void refusesAnUnknownType() {
        byte[] message = MessageCodec.frame(9, new OctetWriter());
        MalformedMessage error =
                assertThrows(
                        MalformedMessage.class,
                        () -> MessageCodec.decode(message, Fixtures.INTERNAL));
        assertEquals(
                Message.Notification.of(NotificationCode.MESSAGE_HEADER_ERROR, 3, (byte) 9),
                error.notification());
    }

    /// RFC 9003, section 5: a peer's words must not write lines of ours, nor steer a terminal.
    @Test
    void wordsOfAPeerHoldNoControlCharacters() {
        byte[] words = "\u0009bye\r\n\u001b[2J\u202eERROR: all \u00e9 fine".getBytes(UTF_8);
        byte[] data = new byte[words.length + 1];
        data[0] = (byte) words.length;
        System.arraycopy(words, 0, data, 1, words.length);
        int subcode = Cease.ADMINISTRATIVE_SHUTDOWN.subcode();
        Message.Notification notification =
                Message.Notification.of(NotificationCode.CEASE, subcode, data);
        assertEquals(
                "?bye???[2J?ERROR: all \u00e9 fine",
                notification.shutdownCommunication().orElseThrow());
    }
}
