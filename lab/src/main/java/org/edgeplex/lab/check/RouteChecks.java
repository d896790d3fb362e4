package org.edgeplex.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.edgeplex.lab.machine.Commands;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.ServerNode;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Access;
import org.edgeplex.lab.topology.VpnService.Routing;

/// Announces a prefix at one CE and waits for it at the other, then the same with its withdrawal.
///
/// How a CE announces is its operator's matter: FRR gets a `network` statement, BIRD has a protocol
/// `extra` that is enabled.
final class RouteChecks {
    private static final String FRR_PREFIX = "10.1.77.0/24";
    private static final String BIRD_PREFIX = "10.2.77.0/24";
    private static final Duration INTERVAL = Duration.ofMillis(5);

    /// The bar: what a customer is promised.
    private static final double MILLIS_MAX = 2_000;

    private final LabUnderTest lab;

    RouteChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            SitePair pair = SitePair.of(service);
            if (pair.from().routing() instanceof Routing.Bgp
                    && pair.to().routing() instanceof Routing.Bgp) {
                checks.addAll(both(pair.from(), pair.to()));
                checks.addAll(both(pair.to(), pair.from()));
            }
        }
        return checks;
    }

    private List<Check> both(Access from, Access to) {
        String way = from.ce() + "-" + to.ce();
        String prefix = prefix(from);
        return List.of(
                new Check(
                        "announce-" + way,
                        prefix + " announced at one CE, in the table of the other",
                        () -> timed(() -> announce(from, true), () -> knows(to, prefix))),
                new Check(
                        "withdraw-" + way,
                        prefix + " withdrawn at one CE, gone from the table of the other",
                        () -> timed(() -> announce(from, false), () -> !knows(to, prefix))));
    }

    private static Measurement timed(Runnable act, BooleanSupplier done) {
        if (done.getAsBoolean()) {
            return new Measurement(false, 0, "ms", "was so before anything was done");
        }
        long startNanos = System.nanoTime();
        act.run();
        boolean happened =
                Poll.untilPresent(
                                Deadlines.ROUTE,
                                INTERVAL,
                                () -> done.getAsBoolean() ? Optional.of(true) : Optional.empty())
                        .isPresent();
        double millis = (System.nanoTime() - startNanos) / 1_000_000.0;
        return Measurement.of(happened && millis <= MILLIS_MAX, Math.rint(millis), "ms");
    }

    private String prefix(Access access) {
        return lab.server(access.ce()).node() instanceof Node.Bird ? BIRD_PREFIX : FRR_PREFIX;
    }

    private void announce(Access access, boolean on) {
        ServerNode ce = lab.server(access.ce());
        switch (ce.node()) {
            case Node.Bird _ -> ce.birdc(on ? "enable" : "disable", "extra");
            case Node.Frr _ -> {
                Routing.Bgp bgp = (Routing.Bgp) access.routing();
                List<String> command =
                        ce.inside(
                                List.of(
                                        "vtysh",
                                        "-c",
                                        "configure terminal",
                                        "-c",
                                        "router bgp " + bgp.peerAs().value(),
                                        "-c",
                                        "address-family ipv4 unicast",
                                        "-c",
                                        (on ? "" : "no ") + "network " + FRR_PREFIX));
                lab.machine().commands().attempt(Commands.DEADLINE, command).orThrow();
            }
            default -> throw new IllegalArgumentException(ce.name() + " speaks no BGP");
        }
    }

    private boolean knows(Access access, String prefix) {
        ServerNode ce = lab.server(access.ce());
        return ce.node() instanceof Node.Bird
                ? ce.birdc("show", "route", "for", prefix).contains(prefix)
                : ce.frr()
                        .vty("bgpd")
                        .askJson("show bgp ipv4 unicast " + prefix + " json")
                        .path("paths")
                        .elements()
                        .hasNext();
    }
}
