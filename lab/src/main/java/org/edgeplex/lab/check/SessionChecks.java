package org.edgeplex.lab.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.ServerNode;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Routing;

/// The sessions of our speakers, as the peers report them.
final class SessionChecks {
    private static final String VPNV4_SUMMARY = "show bgp ipv4 vpn summary json";
    private static final String LDP_NEIGHBOURS = "show mpls ldp neighbor json";
    private static final String UNICAST_SUMMARY = "show bgp ipv4 unicast summary json";

    private static final Pattern CLOCK = Pattern.compile("(\\d+):(\\d+):(\\d+)");

    private final LabUnderTest lab;

    SessionChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        "bgp-vpnv4-at-rr",
                        "every PE's BGP session is Established, says the route reflector",
                        () -> all(lab.nodes().providerEdges().size(), this::vpnv4Sessions)));
        checks.add(
                new Check(
                        "ldp-at-p",
                        "every PE's LDP session is OPERATIONAL, says the P router",
                        () -> all(lab.nodes().providerEdges().size(), this::ldpSessions)));
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            for (VpnService.Access access : service.accesses()) {
                if (access.routing() instanceof Routing.Bgp) {
                    checks.add(
                            new Check(
                                    "bgp-at-" + access.ce(),
                                    "the eBGP session is Established, says the CE",
                                    () -> all(1, () -> customerSessions(access))));
                }
            }
        }
        return checks;
    }

    /// Sessions of all PEs that the route reflectors hold Established.
    int vpnv4Sessions() {
        return lab.nodes().servers(Node.Frr.class).stream()
                .mapToInt(rr -> established(rr.frr().vty("bgpd").askJson(VPNV4_SUMMARY)))
                .sum();
    }

    /// How often a BGP session of ours came up, as the route reflectors count.
    int vpnv4Connections() {
        return lab.nodes().servers(Node.Frr.class).stream()
                .mapToInt(rr -> connections(rr.frr().vty("bgpd").askJson(VPNV4_SUMMARY)))
                .sum();
    }

    /// The age of the youngest LDP session, as the P routers report it.
    int youngestLdpSessionSeconds() {
        return lab.nodes().labelRouters().stream()
                .mapToInt(p -> youngestSeconds(p.vty("ldpd").askJson(LDP_NEIGHBOURS)))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    int ldpSessions() {
        return lab.nodes().labelRouters().stream()
                .mapToInt(p -> operational(p.vty("ldpd").askJson(LDP_NEIGHBOURS)))
                .sum();
    }

    int customerSessions(VpnService.Access access) {
        ServerNode ce = lab.server(access.ce());
        return switch (ce.node()) {
            case Node.Frr _ -> established(ce.frr().vty("bgpd").askJson(UNICAST_SUMMARY));
            case Node.Bird _ -> establishedInBird(ce.birdc("show", "protocols"));
            default -> throw new IllegalArgumentException(ce.name() + " speaks no BGP we can ask");
        };
    }

    /// Of a BGP summary of one address family.
    static int established(JsonNode summary) {
        int count = 0;
        for (JsonNode peer : summary.path("peers")) {
            count += peer.path("state").asText().equals("Established") ? 1 : 0;
        }
        return count;
    }

    static int connections(JsonNode summary) {
        int count = 0;
        for (JsonNode peer : summary.path("peers")) {
            count += peer.path("connectionsEstablished").asInt();
        }
        return count;
    }

    /// FRR writes `00:01:06`, and other forms for ages that no lab reaches.
    static int youngestSeconds(JsonNode neighbours) {
        int youngest = Integer.MAX_VALUE;
        for (JsonNode neighbour : neighbours.path("neighbors")) {
            Matcher age = CLOCK.matcher(neighbour.path("upTime").asText());
            if (neighbour.path("state").asText().equals("OPERATIONAL") && age.matches()) {
                int seconds =
                        Integer.parseInt(age.group(1)) * 3600
                                + Integer.parseInt(age.group(2)) * 60
                                + Integer.parseInt(age.group(3));
                youngest = Math.min(youngest, seconds);
            }
        }
        return youngest;
    }

    static int operational(JsonNode neighbours) {
        int count = 0;
        for (JsonNode neighbour : neighbours.path("neighbors")) {
            count += neighbour.path("state").asText().equals("OPERATIONAL") ? 1 : 0;
        }
        return count;
    }

    static int establishedInBird(String protocols) {
        return (int)
                protocols
                        .lines()
                        .filter(line -> line.contains(" BGP ") && line.contains("Established"))
                        .count();
    }

    private static Measurement all(int wanted, IntSupplier count) {
        Poll.until(Deadlines.SESSIONS, () -> count.getAsInt() >= wanted);
        int found = count.getAsInt();
        return Measurement.of(found == wanted, found, "of " + wanted);
    }
}
