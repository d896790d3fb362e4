package org.edgeplex.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.order.VpnOrder;
import org.edgeplex.lab.topology.VpnService;

/// A VPN comes and goes while another works.
final class ProvisioningChecks {
    private static final int REMAINS_SHOWN_MAX = 5;

    private final LabUnderTest lab;

    /// What is late on a busy machine is not lost.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    /// Set by the first check of a VPN, read by the later ones.
    private Optional<TrafficSummary> bystanders = Optional.empty();

    private SortedSet<String> inventoryBefore = new TreeSet<>();

    ProvisioningChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.LATER)) {
            String name = service.name();
            SitePair bystander = SitePair.of(lab.services(VpnService.Ordered.AT_START).getFirst());
            checks.add(
                    new Check(
                            "provision-" + name,
                            "a VPN ordered at run time, from the order to its first packet",
                            () -> provision(service, bystander)));
            checks.add(
                    new Check(
                            "provision-" + name + "-others",
                            "packets of " + bystander.service().name() + " lost meanwhile",
                            this::bystanderLoss));
            checks.add(
                    new Check(
                            "delete-" + name,
                            "flows, labels, routes, records, processes, ports that it left",
                            () -> delete(service)));
        }
        return checks;
    }

    private Measurement provision(VpnService service, SitePair bystander) {
        inventoryBefore = inventory(Inventory::everything);
        SitePair pair = SitePair.of(service);
        VpnOrder order = lab.order(service);
        try (BackgroundTraffic traffic =
                BackgroundTraffic.start(lab, bystander, "provisioning", DRAIN)) {
            long startNanos = System.nanoTime();
            order.place();
            boolean works =
                    Poll.until(Deadlines.PROVISIONING, () -> lab.ping(pair, 1).received() == 1);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            bystanders = Optional.of(traffic.stop());
            return Measurement.of(works, Math.round(seconds * 100) / 100.0, "s");
        }
    }

    private Measurement bystanderLoss() {
        TrafficSummary summary =
                bystanders.orElseThrow(() -> new CommandFailedException("no packets were sent"));
        return Measurement.of(summary.isWhole(), (double) summary.lost(), "lost")
                .remark(
                        "of %d packets, %d a second"
                                .formatted(summary.sent(), SiteTraffic.PACKETS_PER_SECOND));
    }

    private Measurement delete(VpnService service) {
        int things = remains().size();
        if (inventoryBefore.isEmpty() || things == 0 || !lab.order(service).exists()) {
            return new Measurement(false, 0, "left", "the VPN was not there to be deleted");
        }
        lab.order(service).delete();
        // All tables are read when the rest is gone: each time would be a load that no user brings.
        Poll.until(
                Deadlines.DELETION,
                () -> remains(Inventory::outsideOfTheStore).isEmpty() && remains().isEmpty());
        SortedSet<String> remains = remains();
        String examples = String.join("; ", remains.stream().limit(REMAINS_SHOWN_MAX).toList());
        return Measurement.of(remains.isEmpty(), remains.size(), "left")
                .remark(
                        "of %d flows, labels, routes, records, processes, ports %s"
                                .formatted(things, examples)
                                .strip());
    }

    private SortedSet<String> remains() {
        return remains(Inventory::everything);
    }

    private SortedSet<String> remains(Function<Inventory, SortedSet<String>> part) {
        SortedSet<String> now = inventory(part);
        now.removeAll(inventoryBefore);
        return now;
    }

    private SortedSet<String> inventory(Function<Inventory, SortedSet<String>> part) {
        SortedSet<String> all = new TreeSet<>();
        lab.nodes().providerEdges().forEach(pe -> all.addAll(part.apply(new Inventory(lab, pe))));
        return all;
    }
}
