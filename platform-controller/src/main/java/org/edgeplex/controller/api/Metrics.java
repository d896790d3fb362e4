package org.edgeplex.controller.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.IntentSnapshot;
import org.edgeplex.controller.intent.VpnService;
import org.edgeplex.telemetry.CountersFolder;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.CountersSnapshot;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.prometheus.DataplaneMetrics;
import org.edgeplex.telemetry.prometheus.MetricsPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The counters of all data planes of the PE, with the names of their customers.
final class Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private Metrics() {}

    static MetricsPage page(Path directory, IntentSnapshot intents, String accept) {
        List<DataplaneMetrics.Subject> subjects = new ArrayList<>();
        for (Path file : CountersFolder.files(directory)) {
            switch (CountersReader.read(file)) {
                case CountersReader.Reading.Taken(CountersSnapshot snapshot) ->
                        subjects.add(
                                new DataplaneMetrics.Subject(
                                        snapshot, customer(snapshot, intents)));
                // One file must not cost the numbers of the others.
                case CountersReader.Reading.Refused(String why) -> LOG.warn("no metrics: {}", why);
            }
        }
        return MetricsPage.of(subjects, accept);
    }

    private static String customer(CountersSnapshot snapshot, IntentSnapshot intents) {
        String vpn = DataplaneView.of(snapshot).vpn();
        return Optional.ofNullable(intents.services().get(vpn))
                .map(Held::intent)
                .map(VpnService::customerName)
                .orElse("");
    }
}
