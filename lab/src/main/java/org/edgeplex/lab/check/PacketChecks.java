package org.edgeplex.lab.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.topology.VpnService;

/// Packets from site to site: that they arrive, that they are large enough, and how fast they are.
final class PacketChecks {
    private static final int PING_COUNT = 200;

    /// 1500 bytes with the headers of IPv4 and ICMP.
    private static final int DATA_BYTES = 1472;

    private static final int LARGE_COUNT = 50;
    private static final int TCP_SECONDS = 3;

    /// What a customer notices as broken; the figure itself is in the table.
    private static final double TCP_MBITS_MIN = 5;

    private static final JsonMapper JSON = new JsonMapper();

    private final LabUnderTest lab;

    PacketChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            SitePair pair = SitePair.of(service);
            String name = service.name();
            checks.add(
                    new Check("ping-" + name, PING_COUNT + " packets, " + pair, () -> ping(pair)));
            checks.add(
                    new Check(
                            "mtu-" + name,
                            "1500 bytes that may not be fragmented (DF), " + pair,
                            () -> largePing(pair)));
            checks.add(new Check("tcp-" + name, "TCP by iperf3, " + pair, () -> tcp(pair)));
        }
        return checks;
    }

    private Measurement ping(SitePair pair) {
        // The first packet of all may have to wait for ARP at three places.
        Poll.until(Deadlines.PROVISIONING, () -> lab.ping(pair, 1).received() == 1);
        PingSummary summary = lab.ping(pair, PING_COUNT);
        return Measurement.of(
                        summary.lost() == 0 && summary.sent() == PING_COUNT, summary.lost(), "lost")
                .remark(
                        "of %d, round trip %.2f ms"
                                .formatted(summary.sent(), summary.averageMillis()));
    }

    private Measurement largePing(SitePair pair) {
        PingSummary summary =
                lab.ping(pair, LARGE_COUNT, "-M", "do", "-s", Integer.toString(DATA_BYTES));
        return Measurement.of(summary.received() == LARGE_COUNT, summary.lost(), "lost")
                .remark("of " + summary.sent() + " packets of 1500 bytes with DF");
    }

    private Measurement tcp(SitePair pair) {
        Namespace server = lab.namespace(pair.to().ce());
        Process listening =
                lab.machine()
                        .commands()
                        .start(
                                lab.machine().directory().resolve("iperf3-server.log"),
                                server.inside(
                                        List.of(
                                                "iperf3",
                                                "-s",
                                                "-1",
                                                "-B",
                                                pair.destination().toString())));
        try {
            double mbits =
                    Poll.untilPresent(Deadlines.DAEMON, () -> iperf3(pair))
                            .orElseThrow(() -> new CommandFailedException("iperf3 cannot connect"));
            return Measurement.of(mbits >= TCP_MBITS_MIN, mbits, "Mbit/s");
        } finally {
            listening.destroy();
        }
    }

    private Optional<Double> iperf3(SitePair pair) {
        var result =
                lab.namespace(pair.from().ce())
                        .attempt(
                                Duration.ofSeconds(TCP_SECONDS + 15L),
                                "iperf3",
                                "-c",
                                pair.destination().toString(),
                                "-B",
                                pair.source().toString(),
                                "-t",
                                Integer.toString(TCP_SECONDS),
                                "-J");
        return receivedMbits(result.output());
    }

    /// What the receiver got, from `iperf3 -J`; empty when there was no connection, which iperf3
    /// reports in its JSON and not in its exit status.
    static Optional<Double> receivedMbits(String json) {
        try {
            JsonNode rate = JSON.readTree(json).at("/end/sum_received/bits_per_second");
            return rate.isNumber()
                    ? Optional.of(Math.round(rate.asDouble() / 1e4) / 100.0)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("iperf3 said no JSON: " + e.getOriginalMessage());
        }
    }
}
