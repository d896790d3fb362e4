package org.edgeplex.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.topology.VpnService;

/// Numbered packets of many flows from site to site: that each comes, once and in order, and when.
final class FlowChecks {
    private static final int FLOWS = 100;
    private static final int PACKETS = 400;

    /// What is late on a busy machine is not lost.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final LabUnderTest lab;

    FlowChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (VpnService service : lab.services(VpnService.Ordered.AT_START)) {
            SitePair pair = SitePair.of(service);
            checks.add(
                    new Check(
                            "flows-" + service.name(),
                            PACKETS + " packets of " + FLOWS + " flows, numbered, " + pair,
                            () -> flows(pair)));
        }
        return checks;
    }

    private Measurement flows(SitePair pair) {
        TrafficSummary summary = new SiteTraffic(lab, pair).send(PACKETS, FLOWS, DRAIN);
        return Measurement.of(
                        summary.isWhole() && summary.sent() == PACKETS,
                        (double) summary.lost(),
                        "lost")
                .remark(
                        "of %d in %d flows, %d reordered, %d doubled, one way p50 %.2f p99 %.2f ms"
                                .formatted(
                                        summary.sent(),
                                        FLOWS,
                                        summary.reordered(),
                                        summary.duplicated(),
                                        summary.p50Millis(),
                                        summary.p99Millis()));
    }
}
