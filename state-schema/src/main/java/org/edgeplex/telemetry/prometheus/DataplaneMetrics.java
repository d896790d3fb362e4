package org.edgeplex.telemetry.prometheus;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.telemetry.CountersSnapshot;
import org.edgeplex.telemetry.DataplaneView;

/// What data planes have counted, with the names that Prometheus gets.
///
/// Every number has the labels `attachment`, `vpn`, `access` and, where it is known, `customer`.
public final class DataplaneMetrics {
    private static final String PREFIX = "edgeplex_dataplane_";

    private final Map<String, Family> families = new LinkedHashMap<>();

    /// A data plane and whose it is.
    ///
    /// @param customer empty where that is not known
    public record Subject(CountersSnapshot snapshot, String customer) {}

    /// Points of one name; what has the same labels is added up.
    private record Family(String help, boolean isGauge, Map<Labels, Double> points) {
        MetricSnapshot snapshot(String name) {
            return isGauge ? gauge(name) : counter(name);
        }

        private MetricSnapshot counter(String name) {
            CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
            points.forEach((labels, value) ->
                    builder.dataPoint(
                            CounterSnapshot.CounterDataPointSnapshot.builder()
                                    .labels(labels)
                                    .value(value)
                                    .build()));
            return builder.build();
        }

        private MetricSnapshot gauge(String name) {
            GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
            points.forEach((labels, value) ->
                    builder.dataPoint(
                            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                    .labels(labels)
                                    .value(value)
                                    .build()));
            return builder.build();
        }
    }

    private DataplaneMetrics() {}

    static MetricSnapshots of(List<Subject> subjects) {
        DataplaneMetrics metrics = new DataplaneMetrics();
        subjects.forEach(metrics::add);
        List<MetricSnapshot> snapshots = new ArrayList<>();
        metrics.families.forEach((name, family) -> snapshots.add(family.snapshot(name)));
        return new MetricSnapshots(snapshots);
    }

    private void add(Subject subject) {
        DataplaneView view = DataplaneView.of(subject.snapshot);
        Labels labels = labels(view, subject.customer);
        boolean isLive = view.isLive();
        gauge("up", "Whether the data plane runs.", labels, isLive ? 1 : 0);
        if (!isLive) {
            return;
        }
        gauge(
                "start_time_seconds",
                "When the data plane started, in seconds since 1970.",
                labels,
                view.source().started().toEpochMilli() / 1e3);
        view.traffic()
                .forEach((direction, traffic) -> {
                    Labels of = labels.add("direction", direction);
                    count(
                            "packets",
                            "Packets by where they came from or went.",
                            of,
                            traffic.packets());
                    count("bytes", "Bytes of the frames of these packets.", of, traffic.bytes());
                });
        view.drops()
                .forEach((reason, value) ->
                        count(
                                "drops",
                                "Packets that went nowhere, by reason.",
                                labels.add("reason", reason),
                                value));
        view.events()
                .forEach((event, value) ->
                        count(
                                "events",
                                "What else the data plane did, by kind.",
                                labels.add("event", event),
                                value));
        addPorts(view, labels);
        addLabels(view.popped(), labels, "in");
        addLabels(view.pushed(), labels, "out");
    }

    private static Labels labels(DataplaneView view, String customer) {
        Labels labels =
                Labels.of(
                        "attachment",
                        Integer.toString(view.attachment()),
                        "vpn",
                        view.vpn(),
                        "access",
                        view.access());
        return customer.isEmpty() ? labels : labels.add("customer", customer);
    }

    private void addPorts(DataplaneView view, Labels labels) {
        view.ports()
                .forEach((port, columns) ->
                        columns.forEach((column, value) ->
                                count(
                                        "port_" + column,
                                        "Of the port: " + column.replace('_', ' ') + ".",
                                        labels.add("port", port),
                                        value)));
    }

    /// A stack is known by its label for the other end, the innermost one, and as a whole.
    private void addLabels(List<DataplaneView.LabelTraffic> list, Labels labels, String direction) {
        for (DataplaneView.LabelTraffic each : list) {
            Labels of =
                    labels.merge(
                            Labels.of(
                                    "direction",
                                    direction,
                                    "label",
                                    each.innermost(),
                                    "stack",
                                    each.stack()));
            count("label_packets", "Packets by MPLS label.", of, each.traffic().packets());
            count(
                    "label_bytes",
                    "Bytes of the frames of these packets.",
                    of,
                    each.traffic().bytes());
        }
    }

    private void gauge(String name, String help, Labels labels, double value) {
        family(name, help, true).put(labels, value);
    }

    /// A number is exact up to 2^53, which is where Prometheus ends.
    private void count(String name, String help, Labels labels, long value) {
        family(name, help, false).merge(labels, (double) value, Double::sum);
    }

    private Map<Labels, Double> family(String name, String help, boolean isGauge) {
        return families.computeIfAbsent(
                        PREFIX + name, _ -> new Family(help, isGauge, new LinkedHashMap<>()))
                .points;
    }
}
