package org.edgeplex.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.edgeplex.lab.Recorded;
import org.edgeplex.lab.machine.CommandFailedException;
import org.junit.jupiter.api.Test;

/// Each pure evaluator on what its tool really said.
final class EvaluatorsTest {
    @Test
    void pingSaysWhatWasLost() {
        PingSummary summary = PingSummary.parse(Recorded.text("ping-quiet.txt"));

        assertEquals(new PingSummary(50, 50, 0.399), summary);
        assertEquals(0, summary.lost());
    }

    @Test
    void pingWithoutAnyReplyHasNoTimes() {
        assertEquals(
                new PingSummary(20, 0, 0),
                PingSummary.parse(
                        "20 packets transmitted, 0 received, 100% packet loss, time 394ms\n"));
    }

    @Test
    void aPingThatCouldNotStartIsAFailure() {
        assertThrows(
                CommandFailedException.class,
                () -> PingSummary.parse("ping: connect: Network is unreachable"));
    }

    @Test
    void thePingLogKnowsTheLongestSilence() {
        PingLog log = PingLog.parse(Recorded.text("ping-stamped.txt"));

        assertEquals(10, log.replies().size());
        assertEquals(0, log.lost());
        assertEquals(16.3, log.longestGapMillis());
    }

    @Test
    void aGapInTheSequenceIsLossAndItsEndIsNot() {
        PingLog log =
                PingLog.parse(
                        """
                        [100.000000] 64 bytes from 10.2.0.1: icmp_seq=1 ttl=63 time=0.6 ms
                        [100.010000] 64 bytes from 10.2.0.1: icmp_seq=2 ttl=63 time=0.6 ms
                        [100.010100] 64 bytes from 10.2.0.1: icmp_seq=2 ttl=63 time=0.7 ms (DUP!)
                        From 172.16.1.1 icmp_seq=3 Destination Host Unreachable
                        [100.250000] 64 bytes from 10.2.0.1: icmp_seq=5 ttl=63 time=0.6 ms
                        """);

        assertEquals(2, log.lost());
        assertEquals(240.0, log.longestGapMillis());
        assertEquals(5, log.lastSequence());
    }

    @Test
    void theStackIsThatOfTheRequestNotOfTheReply() {
        String capture = Recorded.text("tcpdump-labels.txt");

        assertEquals(List.of(17, 100002), CoreChecks.stackTowards(capture, "10.2.0.1"));
        assertEquals(List.of(), CoreChecks.stackTowards(capture, "10.1.0.1"));
    }

    @Test
    void theKernelsCountersHaveTheirNamesInTheLineAbove() {
        KernelCounters counters =
                KernelCounters.parse(
                        """
                        Ip: Forwarding DefaultTTL InReceives
                        Ip: 1 64 413
                        Icmp: InMsgs OutMsgs OutDestUnreachs
                        Icmp: 250 257 7
                        """);

        assertEquals(7, counters.of("Icmp", "OutDestUnreachs"));
        assertEquals(413, counters.of("Ip", "InReceives"));
        assertThrows(CommandFailedException.class, () -> counters.of("Udp", "OutDatagrams"));
        assertThrows(CommandFailedException.class, () -> KernelCounters.parse("Ip: A B\nIp: 1\n"));
    }

    @Test
    void requestsAreCountedRepliesAreNot() {
        assertEquals(2, CoreChecks.requests(Recorded.text("tcpdump-labels.txt")));
    }

    @Test
    void sessionsAreCountedAsThePeersReportThem() {
        assertEquals(2, SessionChecks.established(Recorded.json("bgp-unicast-summary.json")));
        assertEquals(2, SessionChecks.operational(Recorded.json("ldp-neighbors.json")));
        assertEquals(1, SessionChecks.establishedInBird(Recorded.text("bird-protocols.txt")));
    }

    @Test
    void aNewSessionIsToldByItsAgeAndByThePeersCount() {
        assertEquals(2, SessionChecks.connections(Recorded.json("bgp-unicast-summary.json")));
        assertEquals(121, SessionChecks.youngestSeconds(Recorded.json("ldp-neighbors.json")));
    }

    @Test
    void configuredSessionsAreCountedToo() {
        assertEquals(
                new PeerChecks.Count(2, 2),
                PeerChecks.ofFrr(Recorded.json("bgp-unicast-summary.json")));
        assertEquals(
                new PeerChecks.Count(1, 1), PeerChecks.ofBird(Recorded.text("bird-protocols.txt")));
        assertEquals(
                new PeerChecks.Count(1, 1),
                PeerChecks.ofGobgp(Recorded.text("gobgp-neighbors.json")));
    }

    @Test
    void iperf3SaysWhatArrived() {
        assertEquals(Optional.of(907.22), PacketChecks.receivedMbits(Recorded.text("iperf3.json")));
    }

    @Test
    void iperf3WithoutAConnectionReceivedNothing() {
        assertEquals(
                Optional.empty(),
                PacketChecks.receivedMbits(
                        """
                        {"start": {}, "intervals": [], "end": {},
                         "error": "unable to connect to server: Connection refused"}\
                        """));
    }

    @Test
    void theTrafficGeneratorsFigures() {
        TrafficSummary summary = TrafficSummary.parse(Recorded.text("traffic-loop.txt"));

        assertEquals(new TrafficSummary(40, 40, 0, 0, 28.567, 0, 0.103103, 4.747263), summary);
        assertTrue(summary.isWhole());
    }

    @Test
    void oneLostReorderedOrDoubledPacketIsTooMuch() {
        assertFalse(new TrafficSummary(40, 39, 0, 0, 0, 0, 0, 0).isWhole());
        assertFalse(new TrafficSummary(40, 40, 1, 0, 0, 0, 0, 0).isWhole());
        assertFalse(new TrafficSummary(40, 40, 0, 1, 0, 0, 0, 0).isWhole());
        assertFalse(new TrafficSummary(0, 0, 0, 0, 0, 0, 0, 0).isWhole());
    }

    @Test
    void theLatestProgressOfTrafficCounts() {
        String output = Recorded.text("traffic-loop.txt");

        assertEquals(32, TrafficSummary.receivedSoFar(output));
        assertEquals(0, TrafficSummary.receivedSoFar("EAL: Detected CPU lcores: 2\n"));
    }

    @Test
    void aLineOfTrafficThatIsNotWholeYetIsNone() {
        String line = "{\"traffic\":\"progress\",\"sent\":20,\"received\":10}\n";

        assertEquals(10, TrafficSummary.receivedSoFar(line + line.replace("10}", "2")));
    }

    @Test
    void aTrafficGeneratorWithoutFiguresIsAFailure() {
        assertThrows(
                CommandFailedException.class,
                () -> TrafficSummary.parse("edgeplex: there is no interface eth7\n"));
    }

    @Test
    void theAgeOfAFlow() {
        assertEquals(
                10.661,
                FlowText.durationSeconds(
                        "cookie=0x0, duration=10.661s, table=0, n_packets=0, n_bytes=0,"
                                + " priority=10,in_port=pe1 actions=output:rpe1"));
    }
}
