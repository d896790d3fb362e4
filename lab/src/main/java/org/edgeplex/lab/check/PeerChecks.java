package org.edgeplex.lab.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.ServerNode;
import org.edgeplex.lab.topology.Node;

/// For a topology without VPNs of ours: every BGP session that a router has configured is up.
final class PeerChecks {
    private static final String UNICAST_SUMMARY = "show bgp ipv4 unicast summary json";
    private static final JsonMapper JSON = new JsonMapper();

    /// GoBGP's number for ESTABLISHED (`api.PeerState_SessionState`).
    private static final int GOBGP_ESTABLISHED = 6;

    private final LabUnderTest lab;

    PeerChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    /// Sessions that are up, of those that are configured.
    record Count(int established, int configured) {
        boolean isWhole() {
            return configured > 0 && established == configured;
        }
    }

    List<Check> all() {
        return Stream.of(
                        lab.nodes().servers(Node.Frr.class).stream().filter(PeerChecks::speaksBgp),
                        lab.nodes().servers(Node.Bird.class).stream(),
                        lab.nodes().servers(Node.Gobgp.class).stream())
                .flatMap(nodes -> nodes)
                .map(node ->
                        new Check(
                                "bgp-at-" + node.name(),
                                "all its BGP sessions are Established, says it",
                                () -> measure(node)))
                .toList();
    }

    private static boolean speaksBgp(ServerNode node) {
        return node.node() instanceof Node.Frr frr && frr.daemons().contains("bgpd");
    }

    private Measurement measure(ServerNode node) {
        Poll.until(Deadlines.SESSIONS, () -> count(node).isWhole());
        Count count = count(node);
        return Measurement.of(count.isWhole(), count.established(), "of " + count.configured());
    }

    private static Count count(ServerNode node) {
        return switch (node.node()) {
            case Node.Frr _ -> ofFrr(node.frr().vty("bgpd").askJson(UNICAST_SUMMARY));
            case Node.Bird _ -> ofBird(node.birdc("show", "protocols"));
            case Node.Gobgp _ ->
                    ofGobgp(
                            node.namespace()
                                    .attempt(Deadlines.DAEMON, "gobgp", "neighbor", "-j")
                                    .output());
            case Node.Linux _, Node.EdgePlexPe _ ->
                    throw new IllegalArgumentException(node.name() + " is no BGP router");
        };
    }

    static Count ofFrr(JsonNode summary) {
        return new Count(SessionChecks.established(summary), summary.path("peers").size());
    }

    static Count ofBird(String protocols) {
        long configured = protocols.lines().filter(line -> line.contains(" BGP ")).count();
        return new Count(SessionChecks.establishedInBird(protocols), (int) configured);
    }

    static Count ofGobgp(String json) {
        try {
            int established = 0;
            JsonNode neighbours = JSON.readTree(json);
            for (JsonNode neighbour : neighbours) {
                boolean isUp = neighbour.at("/state/session_state").asInt() == GOBGP_ESTABLISHED;
                established += isUp ? 1 : 0;
            }
            return new Count(established, neighbours.size());
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("gobgp said no JSON: " + e.getOriginalMessage());
        }
    }
}
