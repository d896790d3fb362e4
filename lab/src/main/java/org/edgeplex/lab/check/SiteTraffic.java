package org.edgeplex.lab.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeplex.dataplane.traffic.TrafficProgram;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.Java;
import org.edgeplex.lab.node.Place;
import org.edgeplex.lab.topology.VpnService.Access;

/// Our traffic generator between two sites: it sends at the port of the one CE, as that CE would,
/// and takes what arrives at the port of the other. One process has both ends, so it knows of each
/// packet what became of it.
final class SiteTraffic {
    /// What the switches' sockets hold (some 250 small frames) is a second of this: who is not
    /// scheduled for so long on a busy machine loses nothing.
    static final int PACKETS_PER_SECOND = 200;

    static final int FRAME_BYTES = 60;

    private static final int HEAP_MEGABYTES = 64;
    private static final Duration START = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final LabUnderTest lab;
    private final SitePair pair;

    SiteTraffic(LabUnderTest lab, SitePair pair) {
        this.lab = lab;
        this.pair = pair;
    }

    /// Sends so many packets of so many flows and waits for them.
    TrafficSummary send(int packets, int flows, Duration drain) {
        Duration deadline = START.plusSeconds(packets / PACKETS_PER_SECOND).plus(drain);
        List<String> command =
                command(
                        "--packets",
                        Integer.toString(packets),
                        "--flows",
                        Integer.toString(flows),
                        "--drain",
                        seconds(drain));
        return TrafficSummary.parse(
                lab.machine().commands().attempt(deadline, command).orThrow().output());
    }

    /// The command line that sends, until it is stopped unless the options say otherwise.
    List<String> command(String... options) {
        Place from = place(pair.from());
        Place to = place(pair.to());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "loop",
                                "--json",
                                "--rest",
                                "--port",
                                "af_packet:" + from.device(),
                                "--namespace",
                                from.namespace().name(),
                                "--receive",
                                "af_packet:" + to.device(),
                                "--receive-namespace",
                                to.namespace().name(),
                                "--from",
                                address(from),
                                "--to",
                                gatewayAddress(from.namespace()),
                                "--source",
                                pair.source().toString(),
                                "--destination",
                                pair.destination().toString(),
                                "--size",
                                Integer.toString(FRAME_BYTES),
                                "--rate",
                                Integer.toString(PACKETS_PER_SECOND)));
        arguments.addAll(List.of(options));
        return Java.command(
                HEAP_MEGABYTES, TrafficProgram.class.getName(), arguments.toArray(String[]::new));
    }

    static String seconds(Duration duration) {
        return Double.toString(duration.toMillis() / 1e3);
    }

    /// The CE's end of the access link.
    private Place place(Access access) {
        var port = lab.topology().neighbour(access.pe(), access.port());
        return lab.nodes().place(port.node(), port.port());
    }

    private static String address(Place place) {
        return ip(place.namespace(), "link", "show", place.device())
                .map(link -> link.path("address").asText())
                .orElseThrow(() -> new CommandFailedException("no MAC address at " + place));
    }

    /// The PE's MAC address as the CE's kernel knows it, which asks when it has something to send.
    private String gatewayAddress(Namespace ce) {
        String gateway = pair.from().gateway().toString();
        return Poll.untilPresent(
                        Deadlines.PROVISIONING,
                        () -> {
                            Optional<String> found =
                                    ip(ce, "neighbour", "show", gateway)
                                            .map(entry -> entry.path("lladdr").asText())
                                            .filter(mac -> !mac.isEmpty());
                            if (found.isEmpty()) {
                                lab.ping(pair, 1);
                            }
                            return found;
                        })
                .orElseThrow(() -> new CommandFailedException("no ARP reply from " + gateway));
    }

    private static Optional<JsonNode> ip(Namespace namespace, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-json"));
        command.addAll(List.of(arguments));
        try {
            JsonNode found = JSON.readTree(namespace.run(command.toArray(String[]::new))).path(0);
            return found.isObject() ? Optional.of(found) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("ip said no JSON: " + e.getOriginalMessage());
        }
    }
}
