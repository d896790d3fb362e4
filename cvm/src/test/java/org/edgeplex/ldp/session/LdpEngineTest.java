package org.edgeplex.ldp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.edgeplex.ldp.wire.FecElement;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.ldp.wire.Received;
import org.edgeplex.ldp.wire.SessionParameters;
import org.edgeplex.ldp.wire.Status;
import org.edgeplex.ldp.wire.StatusCode;
import org.edgeplex.ldp.wire.Tlv;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two engines against each other, and one against a peer that misbehaves.
class LdpEngineTest {
    private final EnginePair pair = new EnginePair();
    private final EnginePair.Node low = pair.low;
    private final EnginePair.Node high = pair.high;

    @Test
    void theGreaterTransportAddressConnectsAndBothBecomeOperational() {
        pair.start();
        assertTrue(high.events.contains("up 10.0.0.1:0"), high.events.toString());
        assertTrue(low.events.contains("up 10.0.0.2:0"), low.events.toString());
        assertTrue(low.events.contains("addresses [10.0.0.2, 10.1.0.2]"), low.events.toString());
        assertEquals(1, high.pipes.size());
    }

    @Test
    void bindingsGoBothWaysBeforeAndAfterTheSessionComesUp() {
        low.bind("10.0.0.1/32", 3);
        pair.start();
        high.bind("10.0.0.2/32", 0);
        assertEquals(Map.of("10.0.0.1/32", 3), high.mappings);
        assertEquals(Map.of("10.0.0.2/32", 0), low.mappings);
        high.bind("10.0.0.2/32", 1000);
        assertEquals(Map.of("10.0.0.2/32", 1000), low.mappings);
        high.unbind("10.0.0.2/32");
        assertEquals(Map.of(), low.mappings);
        assertEquals(List.of(), downs(low));
    }

    @Test
    void keepAlivesHoldAnIdleSession() {
        pair.start();
        pair.advance(300_000);
        assertEquals(List.of(), downs(low));
        assertEquals(List.of(), downs(high));
    }

    @Test
    void aSilentPeerLosesTheSessionAfterTheKeepAliveTime() {
        pair.start();
        pair.pdusPass = false;
        pair.advance(19_000); // the last KeepAlive was at most 10 s ago, the time is 30 s
        assertEquals(List.of(), downs(low));
        pair.advance(12_000);
        assertEquals(List.of("down 10.0.0.2:0: we sent KEEP_ALIVE_TIMER_EXPIRED"), downs(low));
    }

    @Test
    void aSilentLinkEndsTheAdjacencyAndItsSession() {
        pair.start();
        pair.hellosPass = false;
        pair.advance(16_000);
        // Whose timer is first tells the other.
        assertTrue(
                downs(low).getFirst().endsWith("HOLD_TIMER_EXPIRED")
                        || downs(low).getFirst().endsWith("(0x9, fatal)"),
                low.events.toString());
        assertTrue(low.events.contains("lost 10.0.0.2:0"));
        assertTrue(high.events.contains("lost 10.0.0.1:0"));
        pair.hellosPass = true;
        pair.advance(16_000);
        assertEquals("addresses [10.0.0.2, 10.1.0.2]", low.events.getLast());
    }

    @Test
    void aRestartOfEitherSideBringsTheSessionBackWithItsBindings() {
        low.bind("10.0.0.1/32", 3);
        high.bind("10.0.0.2/32", 3);
        pair.start();
        high.restart();
        high.bind("10.0.0.2/32", 3);
        pair.advance(16_000);
        assertEquals(Map.of("10.0.0.1/32", 3), high.mappings);
        assertEquals(Map.of("10.0.0.2/32", 3), low.mappings);
        low.restart();
        low.bind("10.0.0.1/32", 3);
        pair.advance(16_000);
        assertEquals(Map.of("10.0.0.1/32", 3), high.mappings);
        assertEquals(Map.of("10.0.0.2/32", 3), low.mappings);
    }

    @Test
    void stoppingTellsThePeer() {
        pair.start();
        high.engine.stop(pair.now());
        pair.settle();
        assertEquals(List.of("down 10.0.0.1:0: we sent SHUTDOWN"), downs(high));
        assertEquals(List.of("down 10.0.0.2:0: peer sent SHUTDOWN (0xa, fatal)"), downs(low));
    }

    // One against a peer that is played by the test.

    @Test
    void anInitializationWithoutAHelloIsRefusedInTheEnd() {
        low.engine.start(pair.now());
        EnginePair.Pipe stranger = strangerConnects("10.0.0.9");
        send(stranger, "10.0.0.9:0", initialization(30, low));
        assertEquals(List.of(), answers(low), "a hello may still come");
        pair.advance(16_000);
        assertEquals(
                List.of(StatusCode.SESSION_REJECTED_NO_HELLO.code()), statusCodes(answers(low)));
    }

    @Test
    void anInitializationThatWasFirstIsAnsweredWhenTheHelloComes() {
        low.engine.start(pair.now());
        EnginePair.Pipe peer = strangerConnects("10.0.0.2");
        send(peer, "10.0.0.2:0", initialization(30, low));
        hello("10.0.0.2:0", "10.0.0.2", 15);
        assertEquals(
                List.of("Initialization", "KeepAlive"),
                answers(low).stream().map(m -> m.getClass().getSimpleName()).toList());
        send(peer, "10.0.0.2:0", new LdpMessage.KeepAlive(2, List.of()));
        assertTrue(low.events.contains("up 10.0.0.2:0"));
    }

    @Test
    void anotherAddressThanTheHelloSaidIsRefused() {
        low.engine.start(pair.now());
        hello("10.0.0.2:0", "10.0.0.2", 15);
        send(strangerConnects("10.0.0.7"), "10.0.0.2:0", initialization(30, low));
        assertEquals(
                List.of(StatusCode.SESSION_REJECTED_NO_HELLO.code()), statusCodes(answers(low)));
    }

    @Test
    void theShorterKeepAliveTimeAndPduLengthAreNegotiated() {
        EnginePair.Pipe peer =
                operational(
                        new SessionParameters(
                                1, 6, true, true, 32, 1000, LdpIdentifier.platform(low.loopback)));
        assertTrue(low.events.contains("PDU limit 1000"), low.events.toString());
        int before = answers(low).size();
        pair.advance(2_100);
        assertEquals(before + 1, answers(low).size(), "a KeepAlive after a third of 6 s");
        pair.advance(4_000);
        assertEquals(
                List.of(StatusCode.KEEP_ALIVE_TIMER_EXPIRED.code()), statusCodes(answers(low)));
        assertFalse(peer.far.open);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 10.0.0.1:0, SESSION_REJECTED_BAD_KEEP_ALIVE_TIME",
        "2, 30, 10.0.0.1:0, BAD_PROTOCOL_VERSION",
        "1, 30, 10.9.9.9:0, SESSION_REJECTED_NO_HELLO"
    })
    void badProposalsAreRefused(
            int version, int keepAliveSeconds, String receiver, StatusCode expected) {
        low.engine.start(pair.now());
        hello("10.0.0.2:0", "10.0.0.2", 15);
        SessionParameters proposal =
                new SessionParameters(
                        version,
                        keepAliveSeconds,
                        false,
                        false,
                        0,
                        0,
                        LdpIdentifier.parse(receiver));
        send(
                strangerConnects("10.0.0.2"),
                "10.0.0.2:0",
                new LdpMessage.Initialization(1, proposal, List.of()));
        assertEquals(List.of(expected.code()), statusCodes(answers(low)));
    }

    @Test
    void aForeignIdentifierInAPduEndsTheSession() {
        EnginePair.Pipe peer = operational();
        send(peer, "10.0.0.3:0", new LdpMessage.KeepAlive(9, List.of()));
        assertEquals(List.of("down 10.0.0.2:0: we sent BAD_LDP_IDENTIFIER"), downs(low));
    }

    @Test
    void aBrokenStreamEndsTheSession() {
        EnginePair.Pipe peer = operational();
        low.engine.onBrokenStream(peer.far, Status.of(StatusCode.BAD_PDU_LENGTH), pair.now());
        pair.settle();
        assertEquals(List.of("down 10.0.0.2:0: we sent BAD_PDU_LENGTH"), downs(low));
    }

    @Test
    void advisoryErrorsAreAnsweredAndTheSessionGoesOn() {
        EnginePair.Pipe peer = operational();
        sendBody(peer, "10.0.0.2:0", "0777000400000055" + "0201000400000056");
        assertEquals(
                List.of(Status.about(StatusCode.UNKNOWN_MESSAGE_TYPE, 0x55, 0x777)),
                statuses(answers(low)));
        assertEquals(List.of(), downs(low));
        sendBody(peer, "10.0.0.2:0", "0400000c000000010200000400100000");
        assertEquals(List.of("down 10.0.0.2:0: we sent MALFORMED_TLV_VALUE"), downs(low));
    }

    @Test
    void requestsAreAnsweredWithTheirNumberOrTheReason() {
        low.bind("10.0.0.1/32", 3);
        EnginePair.Pipe peer = operational();
        send(peer, "10.0.0.2:0", new LdpMessage.LabelRequest(70, fec("10.0.0.1/32"), List.of()));
        LdpMessage.LabelMapping mapping = (LdpMessage.LabelMapping) answers(low).getLast();
        assertEquals(MplsLabel.IMPLICIT_NULL, mapping.label());
        assertEquals(List.of(new Tlv.LabelRequestMessageId(70)), mapping.optional());
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.LabelAbortRequest(71, fec("10.0.0.1/32"), 70, List.of()),
                new LdpMessage.LabelRequest(72, fec("10.7.0.0/16"), List.of()),
                new LdpMessage.LabelRequest(73, List.of(new FecElement.Wildcard()), List.of()));
        assertEquals(
                List.of(
                        Status.about(StatusCode.NO_ROUTE, 72, 0x401),
                        Status.about(StatusCode.UNKNOWN_FEC, 73, 0x401)),
                statuses(answers(low)));
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.LabelRequest(
                        74, List.of(new FecElement.AllIpv4Prefixes()), List.of()));
        assertEquals(List.of(new Tlv.LabelRequestMessageId(74)), answers(low).getLast().optional());
    }

    @Test
    void everyWithdrawIsAnsweredByARelease() {
        EnginePair.Pipe peer = operational();
        send(peer, "10.0.0.2:0", mapping("10.0.0.2/32", 16), mapping("10.0.0.3/32", 17));
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.LabelWithdraw(
                        80,
                        List.of(new FecElement.Wildcard()),
                        List.of(new Tlv.GenericLabel(new MplsLabel(17)))));
        assertEquals(Map.of("10.0.0.2/32", 16), low.mappings);
        assertEquals(
                "LabelRelease[messageId=ID, fec=[Wildcard[]], optional=[GenericLabel[label=17]]]",
                last());
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.LabelWithdraw(
                        81, List.of(new FecElement.AllIpv4Prefixes()), List.of()));
        assertEquals(Map.of(), low.mappings);
        send(peer, "10.0.0.2:0", new LdpMessage.LabelWithdraw(82, fec("10.8.0.0/16"), List.of()));
        assertEquals(
                "LabelRelease[messageId=ID, fec=[Prefix[prefix=10.8.0.0/16]], optional=[]]",
                last());
    }

    @Test
    void aReplacedLabelIsReleasedAndAWildcardMappingRefused() {
        EnginePair.Pipe peer = operational();
        send(peer, "10.0.0.2:0", mapping("10.0.0.2/32", 16), mapping("10.0.0.2/32", 18));
        assertEquals(Map.of("10.0.0.2/32", 18), low.mappings);
        assertTrue(last().endsWith("optional=[GenericLabel[label=16]]]"), last());
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.LabelMapping(
                        90, List.of(new FecElement.Wildcard()), new MplsLabel(20), List.of()));
        assertEquals(
                List.of(Status.about(StatusCode.UNKNOWN_FEC, 90, 0x400)), statuses(answers(low)));
    }

    @Test
    void aSecondConnectionOfThePeerReplacesTheFirst() {
        operational();
        EnginePair.Pipe again = strangerConnects("10.0.0.2");
        send(again, "10.0.0.2:0", initialization(30, low));
        assertEquals(List.of("down 10.0.0.2:0: connection lost"), downs(low));
        send(again, "10.0.0.2:0", new LdpMessage.KeepAlive(2, List.of()));
        assertEquals("up 10.0.0.2:0", low.events.getLast());
    }

    @Test
    void connectionsWithoutASessionAreLimited() {
        low.engine.start(pair.now());
        List<EnginePair.Pipe> pipes = new ArrayList<>();
        for (int i = 0; i <= LdpEngine.PENDING_MAX; i++) {
            pipes.add(strangerConnects("10.0.0.9"));
        }
        assertEquals(1, pipes.stream().filter(pipe -> !pipe.far.open).count());
    }

    @Test
    void hellosFromElsewhereOrTargetedOnesAreIgnored() {
        low.engine.start(pair.now());
        LdpMessage.Hello targeted =
                new LdpMessage.Hello(1, new Tlv.HelloParameters(45, true, true, false), List.of());
        byte[] pdu =
                LdpPdu.encode(LdpIdentifier.parse("10.0.0.2:0"), List.of(targeted), 4096)
                        .getFirst();
        low.engine.onDatagram(Ipv4Address.parse("10.1.0.2"), pdu, pair.now());
        helloFrom("192.0.2.1", "10.0.0.2:0", "10.0.0.2", 15);
        helloFrom("10.1.0.2", "10.0.0.1:0", "10.0.0.2", 15); // our own id
        helloFrom("10.1.0.2", "10.0.0.2:0", "224.0.0.5", 15);
        low.engine.onDatagram(Ipv4Address.parse("10.1.0.2"), new byte[] {1, 2, 3}, pair.now());
        assertEquals(List.of(), low.events);
    }

    @Test
    void anotherTransportAddressStartsAgain() {
        operational();
        hello("10.0.0.2:0", "10.0.0.22", 15);
        assertEquals(
                List.of(
                        "down 10.0.0.2:0: we sent HOLD_TIMER_EXPIRED",
                        "lost 10.0.0.2:0",
                        "heard 10.0.0.2:0"),
                low.events.subList(low.events.size() - 3, low.events.size()));
    }

    private LdpIdentifier self() {
        return LdpIdentifier.platform(low.loopback);
    }

    private EnginePair.Pipe operational() {
        return operational(SessionParameters.propose(30, 0, self()));
    }

    /// `low` with a peer of the test's, OPERATIONAL.
    private EnginePair.Pipe operational(SessionParameters proposal) {
        pair.hellosPass = false; // the other engine stays out of it
        low.engine.start(pair.now());
        hello("10.0.0.2:0", "10.0.0.2", 0xffff);
        EnginePair.Pipe peer = strangerConnects("10.0.0.2");
        send(
                peer,
                "10.0.0.2:0",
                new LdpMessage.Initialization(1, proposal, List.of()),
                new LdpMessage.KeepAlive(2, List.of()));
        assertTrue(low.events.contains("up 10.0.0.2:0"), low.events.toString());
        return peer;
    }

    private void hello(String id, String transportAddress, int holdTimeSeconds) {
        helloFrom("10.1.0.2", id, transportAddress, holdTimeSeconds);
    }

    private void helloFrom(String source, String id, String transport, int holdTimeSeconds) {
        LdpMessage.Hello hello =
                new LdpMessage.Hello(
                        1,
                        new Tlv.HelloParameters(holdTimeSeconds, false, false, false),
                        List.of(new Tlv.TransportAddress(Ipv4Address.parse(transport))));
        byte[] pdu = LdpPdu.encode(LdpIdentifier.parse(id), List.of(hello), 4096).getFirst();
        low.engine.onDatagram(Ipv4Address.parse(source), pdu, pair.now());
    }

    /// A connection to `low` whose far end nobody answers for: `answers` tells what `low` sent.
    private EnginePair.Pipe strangerConnects(String remote) {
        EnginePair.Pipe near = pair.new Pipe(high, low.loopback);
        EnginePair.Pipe far = pair.new Pipe(low, Ipv4Address.parse(remote));
        near.far = far;
        far.far = near;
        near.open = false;
        low.pipes.add(far);
        low.engine.onAccepted(far, pair.now());
        return near;
    }

    private void send(EnginePair.Pipe from, String id, LdpMessage... messages) {
        for (byte[] pdu : LdpPdu.encode(LdpIdentifier.parse(id), List.of(messages), 4096)) {
            deliver(from, pdu);
        }
    }

    private void sendBody(EnginePair.Pipe from, String id, String messagesHex) {
        byte[] messages = HexFormat.of().parseHex(messagesHex);
        byte[] body = new byte[6 + messages.length];
        LdpIdentifier sender = LdpIdentifier.parse(id);
        System.arraycopy(sender.lsrId().toBytes(), 0, body, 0, 4);
        System.arraycopy(messages, 0, body, 6, messages.length);
        low.engine.onPdu(from.far, body, pair.now());
    }

    private void deliver(EnginePair.Pipe from, byte[] pdu) {
        byte[] body = Arrays.copyOfRange(pdu, LdpPdu.HEADER_BYTES, pdu.length);
        low.engine.onPdu(from.far, body, pair.now());
    }

    private static LdpMessage initialization(int keepAliveSeconds, EnginePair.Node receiver) {
        return new LdpMessage.Initialization(
                1,
                SessionParameters.propose(
                        keepAliveSeconds, 0, LdpIdentifier.platform(receiver.loopback)),
                List.of());
    }

    private static LdpMessage mapping(String fec, int label) {
        return new LdpMessage.LabelMapping(5, fec(fec), new MplsLabel(label), List.of());
    }

    private static List<FecElement> fec(String prefix) {
        return List.of(new FecElement.Prefix(Ipv4Prefix.parse(prefix)));
    }

    /// All messages that a node has sent on connections.
    private List<LdpMessage> answers(EnginePair.Node node) {
        List<LdpMessage> messages = new ArrayList<>();
        for (EnginePair.Pipe pipe : node.pipes) {
            for (byte[] pdu : pipe.sent) {
                for (Received each : LdpPdu.decodeDatagram(pdu, 4096).orElseThrow().contents()) {
                    messages.add(((Received.Accepted) each).message());
                }
            }
        }
        return messages;
    }

    private String last() {
        return answers(low).getLast().toString().replaceFirst("messageId=\\d+", "messageId=ID");
    }

    private static List<Status> statuses(List<LdpMessage> messages) {
        return messages.stream()
                .filter(LdpMessage.Notification.class::isInstance)
                .map(message -> ((LdpMessage.Notification) message).status())
                .toList();
    }

    private List<Integer> statusCodes(List<LdpMessage> messages) {
        return statuses(messages).stream().map(Status::code).toList();
    }

    private static List<String> downs(EnginePair.Node node) {
        return node.events.stream().filter(event -> event.startsWith("down")).toList();
    }
}
