package org.edgeplex.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Access;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.json.DataplaneJsonReader;

/// What the controllers say that the data planes have counted, against what the sites have sent and
/// received.
final class CounterChecks {
    private static final int PACKETS = 200;
    private static final int FLOWS = 20;
    private static final int PINGS = 50;
    private static final int ATTEMPTS = 3;

    /// What is late on a busy machine is not lost.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    /// A worker's numbers are seen a little late.
    private static final Duration SEEN = Duration.ofSeconds(2);

    private final LabUnderTest lab;

    CounterChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            SitePair pair = SitePair.of(service);
            checks.add(
                    new Check(
                            "counters-" + service.name(),
                            PACKETS
                                    + " packets and "
                                    + PINGS
                                    + " pings as they were counted, "
                                    + pair,
                            () -> counters(pair)));
        }
        return checks;
    }

    /// Where a packet got lost nobody knows which counter it should be in: then once more. That
    /// none is lost is another check's.
    private Measurement counters(SitePair pair) {
        return Stream.generate(() -> comparison(pair))
                .limit(ATTEMPTS)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() ->
                        Measurement.of(false, ATTEMPTS, "attempts")
                                .remark("packets were lost each time: nothing to compare with"));
    }

    private Optional<Measurement> comparison(SitePair pair) {
        // So that nobody has to ask for an address between the readings.
        lab.ping(pair, 1);
        DataplaneView near = view(pair.service(), pair.from());
        DataplaneView far = view(pair.service(), pair.to());
        long refusedBefore = refused(pair.to());
        TrafficSummary numbered = new SiteTraffic(lab, pair).send(PACKETS, FLOWS, DRAIN);
        PingSummary pings = lab.ping(pair, PINGS);
        if (!numbered.isWhole() || pings.lost() > 0) {
            return Optional.empty();
        }
        long forth = numbered.sent() + pings.sent();
        long back = pings.received() + refused(pair.to()) - refusedBefore;
        Poll.until(SEEN, () -> faults(pair, near, far, forth, back).isEmpty());
        List<String> faults = faults(pair, near, far, forth, back);
        return Optional.of(
                Measurement.of(faults.isEmpty(), faults.size(), "wrong")
                        .remark(
                                faults.isEmpty()
                                        ? "%d packets one way and %d the other, at both ends; none"
                                                        .formatted(forth, back)
                                                + " dropped"
                                        : String.join("; ", faults)));
    }

    /// What the kernel of a CE answered to numbered packets, which no program of its own awaits.
    private long refused(Access access) {
        return KernelCounters.parse(lab.namespace(access.ce()).run("cat", "/proc/net/snmp"))
                .of("Icmp", "OutDestUnreachs");
    }

    private List<String> faults(
            SitePair pair, DataplaneView near, DataplaneView far, long forth, long back) {
        List<String> faults = new ArrayList<>();
        faults.addAll(delta(pair.service(), pair.from(), near).faults(forth, back));
        faults.addAll(delta(pair.service(), pair.to(), far).faults(back, forth));
        return faults;
    }

    private CounterDelta delta(VpnService service, Access access, DataplaneView before) {
        return new CounterDelta(access.ce(), before, view(service, access));
    }

    private DataplaneView view(VpnService service, Access access) {
        String name = String.join("/", service.name(), access.pe(), access.ce());
        return DataplaneJsonReader.read(
                        lab.api(access.pe()).get("/v1/dataplanes").path("dataplanes"))
                .stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .map(CounterChecks::counted)
                .orElseThrow(() -> new CommandFailedException("no data plane is " + name));
    }

    private static DataplaneView counted(DataplaneReport report) {
        return switch (report) {
            case DataplaneReport.Counted counted -> counted.view();
            case DataplaneReport.Silent silent -> throw new CommandFailedException(silent.why());
        };
    }
}
