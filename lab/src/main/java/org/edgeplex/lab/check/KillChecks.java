package org.edgeplex.lab.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.ProviderEdgeNode;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Access;
import org.edgeplex.lab.topology.VpnService.Routing;
import org.edgeplex.state.Tables;

/// `kill -9` of each program of a PE, with numbered packets as the witness; where a gap is expected
/// there is ping beside them, which we did not write, and which needs both ways.
final class KillChecks {
    private static final String RUNNING = "RUNNING";

    /// What is late on a busy machine is not lost; where some is, it is not waited for.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private static final Duration DRAIN_OF_LOSS = Duration.ofMillis(300);

    private final LabUnderTest lab;
    private final SessionChecks sessions;

    KillChecks(LabUnderTest lab) {
        this.lab = lab;
        this.sessions = new SessionChecks(lab);
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            SitePair pair = SitePair.of(service);
            checks.add(
                    new Check(
                            "kill-pvm-" + pair.from().ce(),
                            "both processes of its PVM killed: the gap of its packets, then the"
                                    + " same label and routes",
                            () -> killPvm(pair)));
        }
        SitePair witness = SitePair.of(lab.services(VpnService.Ordered.AT_START).getFirst());
        checks.add(
                new Check(
                        "kill-controller",
                        "packets lost while the controller is killed and restarted; flows stay",
                        () -> killController(witness)));
        checks.add(
                new Check(
                        "kill-cvm",
                        "CVM killed: until the peers have its sessions again; labels unchanged",
                        () -> killCvm(witness)));
        return checks;
    }

    private Measurement killPvm(SitePair pair) {
        Access access = pair.from();
        ProviderEdgeNode pe = lab.nodes().providerEdge(access.pe());
        JsonNode status = lab.order(pair.service()).status(access);
        SortedSet<String> routes = routes(pe);
        List<Long> pids = pids(instance(pe, status.path("instance").asText()));
        try (BackgroundTraffic traffic = traffic(pair, "kill-pvm", DRAIN_OF_LOSS);
                BackgroundPing ping = ping(pair, "kill-pvm")) {
            kill(pids);
            boolean healed =
                    Poll.until(
                            Deadlines.HEALING,
                            () -> isReplaced(pe, status.path("instance").asText(), pids));
            boolean passes =
                    ping.answersWithin(Deadlines.HEALING)
                            && traffic.passesWithin(Deadlines.HEALING);
            TrafficSummary seen = traffic.stop();
            double pingGapMillis = ping.stop().longestGapMillis();
            int label = lab.order(pair.service()).status(access).path("vpn-label").asInt();
            boolean sameLabel = label == status.path("vpn-label").asInt() && label > 0;
            boolean sameRoutes = Poll.until(Deadlines.HEALING, () -> routes(pe).equals(routes));
            boolean session = Poll.until(Deadlines.SESSIONS, () -> hasSession(access));
            return Measurement.of(
                            healed && passes && sameLabel && sameRoutes && session,
                            seen.gapMillis(),
                            "ms gap")
                    .remark(
                            (healed && passes ? "healed" : "NOT healed")
                                    + (sameLabel ? ", same label " : ", OTHER label ")
                                    + label
                                    + (sameRoutes ? ", same routes" : ", OTHER routes")
                                    + (session ? "" : ", NO eBGP session")
                                    + ", %d of %d lost, ping's gap %.0f ms"
                                            .formatted(seen.lost(), seen.sent(), pingGapMillis));
        }
    }

    private Measurement killController(SitePair witness) {
        ProviderEdgeNode pe = lab.nodes().providerEdge(witness.from().pe());
        List<String> flows = new Inventory(lab, pe).flows();
        double age = youngestFlowSeconds(pe);
        try (BackgroundTraffic traffic = traffic(witness, "kill-controller", DRAIN)) {
            pe.killController();
            boolean withoutController = traffic.passesWithin(Deadlines.HEALING);
            pe.startController();
            boolean restarted = Poll.until(Deadlines.CONTROLLER, () -> isWhole(pe));
            boolean passes = traffic.passesWithin(Deadlines.HEALING);
            TrafficSummary seen = traffic.stop();
            boolean sameFlows =
                    new Inventory(lab, pe).flows().equals(flows) && youngestFlowSeconds(pe) >= age;
            return Measurement.of(
                            withoutController && restarted && passes && sameFlows && seen.isWhole(),
                            (double) seen.lost(),
                            "lost")
                    .remark(
                            "of "
                                    + seen.sent()
                                    + (restarted ? ", restarted" : ", NOT restarted")
                                    + (sameFlows
                                            ? ", " + flows.size() + " flows untouched"
                                            : ", flows CHANGED"));
        }
    }

    private Measurement killCvm(SitePair witness) {
        ProviderEdgeNode pe = lab.nodes().providerEdge(witness.from().pe());
        SortedSet<String> labels = labels(pe);
        List<Long> pids = pids(instance(pe, "cvm"));
        int connections = sessions.vpnv4Connections();
        long startNanos = System.nanoTime();
        kill(pids);
        boolean healed = Poll.until(Deadlines.HEALING, () -> isReplaced(pe, "cvm", pids));
        boolean established =
                Poll.until(
                        Deadlines.SESSIONS,
                        () -> areNew(connections, System.nanoTime() - startNanos));
        double seconds = Math.round((System.nanoTime() - startNanos) / 1e8) / 10.0;
        boolean works =
                Poll.until(Deadlines.HEALING, () -> lab.ping(witness, 1).received() == 1)
                        && lab.ping(witness, 100).lost() == 0;
        boolean sameLabels = labels(pe).equals(labels) && !labels.isEmpty();
        return Measurement.of(healed && established && works && sameLabels, seconds, "s")
                .remark(
                        (healed ? "came back" : "did NOT come back")
                                + (established ? ", sessions up" : ", sessions DOWN")
                                + (works ? ", packets pass" : ", packets LOST")
                                + (sameLabels ? ", labels unchanged" : ", labels CHANGED"));
    }

    /// Whether the peers have all sessions, those of the killed CVM anew: its TCP died with it.
    private boolean areNew(int connectionsBefore, long sinceKillNanos) {
        int peCount = lab.nodes().providerEdges().size();
        return sessions.vpnv4Sessions() == peCount
                && sessions.vpnv4Connections() > connectionsBefore
                && sessions.ldpSessions() == peCount
                && sessions.youngestLdpSessionSeconds() <= sinceKillNanos / 1_000_000_000;
    }

    private BackgroundTraffic traffic(SitePair pair, String name, Duration drain) {
        return BackgroundTraffic.start(lab, pair, name, drain);
    }

    private BackgroundPing ping(SitePair pair, String name) {
        return BackgroundPing.start(lab.machine(), lab.namespace(pair.from().ce()), pair, name);
    }

    private boolean hasSession(Access access) {
        return !(access.routing() instanceof Routing.Bgp) || sessions.customerSessions(access) == 1;
    }

    private void kill(List<Long> pids) {
        if (pids.isEmpty()) {
            throw new CommandFailedException("there is no process to kill");
        }
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /// Whether it runs again, and nothing of it is a process that was killed.
    private boolean isReplaced(ProviderEdgeNode pe, String name, List<Long> killed) {
        JsonNode instance = instance(pe, name);
        return instance.path("phase").asText().equals(RUNNING)
                && !pids(instance).isEmpty()
                && pids(instance).stream().noneMatch(killed::contains);
    }

    /// Whether the controller answers, and knows all its instances as running.
    private boolean isWhole(ProviderEdgeNode pe) {
        if (!lab.api(pe.name()).isUp()) {
            return false;
        }
        List<String> phases = new ArrayList<>();
        lab.api(pe.name())
                .get("/v1/instances")
                .path("instances")
                .forEach(instance -> phases.add(instance.path("phase").asText()));
        return !phases.isEmpty() && phases.stream().allMatch(RUNNING::equals);
    }

    private JsonNode instance(ProviderEdgeNode pe, String name) {
        return Inventory.instance(lab.api(pe.name()).get("/v1/instances"), name);
    }

    private static List<Long> pids(JsonNode instance) {
        List<Long> pids = new ArrayList<>();
        instance.path("programs").forEach(program -> pids.add(program.path("pid").asLong()));
        return pids;
    }

    private SortedSet<String> routes(ProviderEdgeNode pe) {
        return new Inventory(lab, pe).records(List.of(Tables.CUSTOMER_ROUTES, Tables.VRF_ROUTES));
    }

    private SortedSet<String> labels(ProviderEdgeNode pe) {
        return new Inventory(lab, pe).records(List.of(Tables.LABEL_BINDINGS, Tables.LABELS));
    }

    /// The age of the switch's youngest flow: it only grows while nobody writes flows.
    private static double youngestFlowSeconds(ProviderEdgeNode pe) {
        return pe.openVSwitch().dumpFlowsWithStats(ProviderEdgeNode.BRIDGE).stream()
                .mapToDouble(FlowText::durationSeconds)
                .min()
                .orElse(0);
    }
}
