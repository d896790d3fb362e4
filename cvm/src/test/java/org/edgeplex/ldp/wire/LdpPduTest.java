package org.edgeplex.ldp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LdpPduTest {
    private static final LdpIdentifier US = LdpIdentifier.parse("10.0.0.2:0");
    private static final LdpIdentifier FRR = LdpIdentifier.parse("10.0.0.9:0");
    private static final int MAX = LdpPdu.DEFAULT_MAX_LENGTH_BYTES;

    record Fixture(String name, LdpIdentifier sender, List<LdpMessage> messages) {
        Fixture(String name, LdpIdentifier sender, LdpMessage... messages) {
            this(name, sender, List.of(messages));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> fixtures() {
        List<Fixture> fixtures = new ArrayList<>(sessionFixtures());
        fixtures.addAll(labelFixtures());
        return fixtures;
    }

    private static List<Fixture> sessionFixtures() {
        return List.of(
                new Fixture(
                        "hello",
                        US,
                        new LdpMessage.Hello(
                                1,
                                new Tlv.HelloParameters(15, false, false, false),
                                List.of(new Tlv.TransportAddress(US.lsrId())))),
                new Fixture(
                        "frr-hello-gtsm",
                        FRR,
                        new LdpMessage.Hello(
                                1,
                                new Tlv.HelloParameters(15, false, false, true),
                                List.of(
                                        new Tlv.TransportAddress(FRR.lsrId()),
                                        new Tlv.ConfigurationSequenceNumber(7)))),
                new Fixture(
                        "initialization",
                        US,
                        new LdpMessage.Initialization(
                                2,
                                SessionParameters.propose(30, 4096, FRR),
                                List.of(new Tlv.TypedWildcardCapability(true)))),
                new Fixture(
                        "frr-initialization",
                        FRR,
                        new LdpMessage.Initialization(
                                3,
                                SessionParameters.propose(180, 0, US),
                                List.of(
                                        new Tlv.Unknown(false, 0x506, octets("80")),
                                        new Tlv.TypedWildcardCapability(true),
                                        new Tlv.Unknown(false, 0x603, octets("80"))))),
                new Fixture("keepalive", US, new LdpMessage.KeepAlive(3, List.of())),
                new Fixture("frr-keepalive", FRR, new LdpMessage.KeepAlive(4, List.of())),
                new Fixture(
                        "frr-address-withdraw",
                        FRR,
                        new LdpMessage.AddressWithdraw(
                                12, List.of(Ipv4Address.parse("10.0.7.7")), List.of())),
                new Fixture(
                        "notification-shutdown",
                        US,
                        new LdpMessage.Notification(10, Status.of(StatusCode.SHUTDOWN), List.of())),
                new Fixture(
                        "notification-returned",
                        US,
                        new LdpMessage.Notification(
                                16,
                                new Status(false, true, 6, 7, 0x400),
                                List.of(
                                        new Tlv.ExtendedStatus(1),
                                        new Tlv.Returned(true, octets("abcd")),
                                        new Tlv.Returned(false, octets("ef"))))));
    }

    private static List<Fixture> labelFixtures() {
        MplsLabel label1000 = new MplsLabel(1000);
        return List.of(
                new Fixture(
                        "address-and-mapping",
                        US,
                        new LdpMessage.Address(
                                4, List.of(US.lsrId(), Ipv4Address.parse("10.1.0.2")), List.of()),
                        mapping(5, "10.0.0.2/32", 3)),
                new Fixture(
                        "frr-mappings",
                        FRR,
                        mapping(6, "10.0.0.2/32", 16),
                        mapping(7, "10.0.0.9/32", 3),
                        mapping(8, "10.1.0.0/24", 3)),
                new Fixture(
                        "withdraw-with-label",
                        US,
                        new LdpMessage.LabelWithdraw(
                                7, fec("172.20.0.0/16"), List.of(new Tlv.GenericLabel(label1000)))),
                new Fixture(
                        "frr-release-with-label",
                        FRR,
                        new LdpMessage.LabelRelease(
                                9, fec("172.20.0.0/16"), List.of(new Tlv.GenericLabel(label1000)))),
                new Fixture(
                        "withdraw-wildcard",
                        US,
                        new LdpMessage.LabelWithdraw(
                                11, List.of(new FecElement.Wildcard()), List.of())),
                new Fixture(
                        "request-typed-wildcard",
                        US,
                        new LdpMessage.LabelRequest(
                                12, List.of(new FecElement.AllIpv4Prefixes()), List.of())),
                new Fixture(
                        "abort-request",
                        US,
                        new LdpMessage.LabelAbortRequest(13, fec("10.0.0.1/32"), 12, List.of())),
                new Fixture(
                        "mapping-for-request",
                        US,
                        new LdpMessage.LabelMapping(
                                14,
                                fec("10.0.0.0/8"),
                                new MplsLabel(16),
                                List.of(
                                        new Tlv.LabelRequestMessageId(12),
                                        new Tlv.HopCount(2),
                                        new Tlv.PathVector(List.of(FRR.lsrId()))))),
                new Fixture(
                        "mapping-unknown-tlv",
                        US,
                        new LdpMessage.LabelMapping(
                                15,
                                fec("0.0.0.0/0"),
                                MplsLabel.IPV4_EXPLICIT_NULL,
                                List.of(new Tlv.Unknown(true, 0x3f01, octets("01020304"))))));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void readsWhatIsOnTheWire(Fixture fixture) throws IOException {
        LdpPdu pdu = LdpPdu.decodeDatagram(bytes(fixture.name), MAX).orElseThrow();
        assertEquals(fixture.sender, pdu.sender());
        assertEquals(fixture.messages.stream().map(LdpPduTest::accepted).toList(), pdu.contents());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void writesWhatIsOnTheWire(Fixture fixture) throws IOException {
        List<byte[]> pdus = LdpPdu.encode(fixture.sender, fixture.messages, MAX);
        assertEquals(1, pdus.size());
        assertEquals(
                HexFormat.of().formatHex(bytes(fixture.name)),
                HexFormat.of().formatHex(pdus.getFirst()));
    }

    @Test
    void everyStoredPduIsUsed() throws IOException {
        assertEquals(
                stored().keySet(),
                fixtures().stream().map(Fixture::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "message beyond the PDU, 0201000500000001, BAD_MESSAGE_LENGTH",
        "message without an id, 02010003000000, BAD_MESSAGE_LENGTH",
        "half a message header, 020100, BAD_MESSAGE_LENGTH",
        "unknown message, 0777000400000001, UNKNOWN_MESSAGE_TYPE",
        "TLV beyond the message, 02010008000000010101000a, BAD_TLV_LENGTH",
        "half a TLV header, 02010006000000010101, BAD_TLV_LENGTH",
        "unknown TLV, 02010008000000013fff0000, UNKNOWN_TLV",
        "ATM label, 0400001500000001010000050200010 80a0201000400000010, UNKNOWN_TLV",
        "mapping without a FEC, 0400000c000000010200000400000010, MISSING_MESSAGE_PARAMETERS",
        "mapping without a label, 0400000d0000000101000005020001080a, MISSING_MESSAGE_PARAMETERS",
        "initialization without parameters, 0200000400000001, MISSING_MESSAGE_PARAMETERS",
        "label of 21 bits, 0400000c000000010200000400100000, MALFORMED_TLV_VALUE",
        "label of three bytes, 0400000b0000000102000003000010, MALFORMED_TLV_VALUE",
        "empty FEC, 040200080000000101000000, MALFORMED_TLV_VALUE",
        "prefix of 33 bits, 0402000c00000001010000040200 0121, MALFORMED_TLV_VALUE",
        "prefix cut short, 0402000e00000001010000060200 01200a00, MALFORMED_TLV_VALUE",
        "wildcard not alone, 0402000a00000001010000020101, MALFORMED_TLV_VALUE",
        "unknown FEC element, 0402000900000001010000 0180, UNKNOWN_FEC",
        "typed wildcard of another FEC, 0402000d0000000101000005050302 0001, UNKNOWN_FEC",
        "IPv6 prefix, 0402000d000000010100000502000208 20, UNSUPPORTED_ADDRESS_FAMILY",
        "IPv6 addresses, 0300000a00000001010100020002, UNSUPPORTED_ADDRESS_FAMILY",
        "addresses cut short, 0300000d0000000101010005 00010a0000, MALFORMED_TLV_VALUE",
        "status too long, 00010013000000010300000b0000000000000000000000, MALFORMED_TLV_VALUE"
    })
    void refusesWithTheStatusOfTheStandard(String what, String messageHex, StatusCode expected) {
        LdpPdu pdu = LdpPdu.decodeBody(body(messageHex)).orElseThrow();
        Received.Refused refused =
                assertInstanceOf(Received.Refused.class, pdu.contents().getFirst(), what);
        assertEquals(expected.code(), refused.status().code(), refused.detail());
        assertEquals(expected.isFatal(), refused.status().fatal());
    }

    @Test
    void aRefusalNamesTheMessage() {
        LdpPdu pdu = LdpPdu.decodeBody(body("0777000400000055")).orElseThrow();
        assertEquals(
                List.of(Status.about(StatusCode.UNKNOWN_MESSAGE_TYPE, 0x55, 0x777)),
                pdu.contents().stream()
                        .map(each -> assertInstanceOf(Received.Refused.class, each).status())
                        .toList());
    }

    @Test
    void ignoresUnknownMessagesThatAskForIt() {
        LdpPdu pdu = LdpPdu.decodeBody(body("8777000400000055" + "0201000400000001")).orElseThrow();
        assertEquals(
                List.of(
                        new Received.Ignored(0x777, 0x55),
                        accepted(new LdpMessage.KeepAlive(1, List.of()))),
                pdu.contents());
    }

    @Test
    void goesOnAfterAnAdvisoryErrorButNotAfterAFatalOne() {
        String keepAlive = "0201000400000001";
        assertEquals(2, contents("0777000400000055" + keepAlive));
        assertEquals(1, contents("0400000c000000010200000400100000" + keepAlive));
    }

    private static int contents(String messagesHex) {
        return LdpPdu.decodeBody(body(messagesHex)).orElseThrow().contents().size();
    }

    @Test
    void bitsBehindAPrefixAreIgnored() {
        LdpPdu pdu = LdpPdu.decodeBody(body("0402000d00000001010000050200 0104ff")).orElseThrow();
        assertEquals(
                List.of(accepted(new LdpMessage.LabelWithdraw(1, fec("240.0.0.0/4"), List.of()))),
                pdu.contents());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0002000e, BAD_PROTOCOL_VERSION",
        "0001000d, BAD_PDU_LENGTH",
        "00011001, BAD_PDU_LENGTH",
        "00010000, BAD_PDU_LENGTH"
    })
    void refusesHeaders(String header, StatusCode expected) {
        LdpPdu.Header.Broken broken =
                assertInstanceOf(LdpPdu.Header.Broken.class, LdpPdu.decodeHeader(hex(header), MAX));
        assertEquals(Status.of(expected), broken.status());
    }

    @Test
    void acceptsTheShortestAndTheLongestPdu() {
        assertEquals(new LdpPdu.Header.Follows(14), LdpPdu.decodeHeader(hex("0001000e"), MAX));
        assertEquals(new LdpPdu.Header.Follows(4096), LdpPdu.decodeHeader(hex("00011000"), MAX));
    }

    @Test
    void packsMessagesUpToTheLimit() {
        LdpMessage message = mapping(1, "10.0.0.2/32", 3); // 28 bytes
        List<LdpMessage> messages = List.of(message, message, message);
        List<byte[]> pdus = LdpPdu.encode(US, messages, 6 + 2 * 28);
        assertEquals(List.of(4 + 6 + 56, 4 + 6 + 28), pdus.stream().map(p -> p.length).toList());
        assertTrue(LdpPdu.encode(US, List.of(), MAX).isEmpty());
    }

    @Test
    void aDatagramMayHoldMoreThanItsPdu() throws IOException {
        byte[] padded = new byte[100];
        byte[] hello = bytes("hello");
        System.arraycopy(hello, 0, padded, 0, hello.length);
        assertEquals(LdpPdu.decodeDatagram(hello, MAX), LdpPdu.decodeDatagram(padded, MAX));
        assertEquals(
                Optional.empty(),
                LdpPdu.decodeDatagram(Arrays.copyOf(hello, hello.length - 1), MAX));
    }

    @Test
    void octetsAreValues() {
        assertEquals(octets("01"), octets("01"));
        assertArrayEquals(new byte[] {1}, octets("01").toBytes());
    }

    private static Received accepted(LdpMessage message) {
        return new Received.Accepted(message);
    }

    private static LdpMessage mapping(int id, String prefix, int label) {
        return new LdpMessage.LabelMapping(id, fec(prefix), new MplsLabel(label), List.of());
    }

    private static List<FecElement> fec(String prefix) {
        return List.of(new FecElement.Prefix(Ipv4Prefix.parse(prefix)));
    }

    /// A PDU from its LDP identifier on.
    private static byte[] body(String messagesHex) {
        return hex("0a0000020000" + messagesHex);
    }

    private static Octets octets(String hex) {
        return new Octets(hex(hex));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] bytes(String name) throws IOException {
        return hex(stored().getOrDefault(name, "no such fixture"));
    }

    private static Map<String, String> stored() throws IOException {
        try (InputStream in = LdpPduTest.class.getResourceAsStream("/ldp/pdus.txt")) {
            Map<String, String> pdus = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 2))
                    .forEach(words -> pdus.put(words[0], words[1]));
            return pdus;
        }
    }
}
