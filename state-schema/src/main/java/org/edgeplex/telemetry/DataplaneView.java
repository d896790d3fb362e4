package org.edgeplex.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A snapshot of a data plane in the terms of people who look at it. The names of counters decide
/// what they are, so a new drop reason of the data plane needs no change here.
public final class DataplaneView {
    private static final String PACKETS = "_packets";
    private static final String BYTES = "_bytes";
    private static final String DROP = "drop_";

    private final CountersSnapshot snapshot;
    private final Map<String, Long> counters = new LinkedHashMap<>();

    /// Packets with their bytes: those of frames, without the checksum.
    public record Traffic(long packets, long bytes) {}

    /// What was counted under a label, or under a stack of them, the outermost one first.
    ///
    /// @param labels none: those that have no row of their own, together
    public record LabelTraffic(List<Integer> labels, Traffic traffic) {
        private static final String OTHERS = "other";

        public LabelTraffic {
            labels = List.copyOf(labels);
        }

        /// All labels, as in `300/2002`.
        public String stack() {
            return labels.isEmpty()
                    ? OTHERS
                    : labels.stream().map(String::valueOf).collect(Collectors.joining("/"));
        }

        /// The label for the other end of the VPN.
        public String innermost() {
            return labels.isEmpty() ? OTHERS : String.valueOf(labels.getLast());
        }
    }

    public DataplaneView(CountersSnapshot snapshot) {
        this.snapshot = snapshot;
        CountersSnapshot.Block block = snapshot.block("counters");
        block.rows().forEach(row -> counters.put(row.name(), block.value(row, "value")));
    }

    public CountersSnapshot snapshot() {
        return snapshot;
    }

    public int attachment() {
        return snapshot.source().subject();
    }

    /// The first part of `vpn-service/vpn-node/vpn-network-access`.
    public String vpn() {
        return part(0);
    }

    /// The last one.
    public String access() {
        return part(2);
    }

    private String part(int index) {
        String[] parts = snapshot.source().name().split("/", -1);
        return parts.length == 3 ? parts[index] : "";
    }

    /// By direction, such as `from_customer`.
    public Map<String, Traffic> traffic() {
        Map<String, Traffic> traffic = new LinkedHashMap<>();
        counters.forEach((name, packets) -> {
            if (name.endsWith(PACKETS)) {
                String direction = before(name, PACKETS);
                long bytes = counters.getOrDefault(direction + BYTES, 0L);
                traffic.put(direction, new Traffic(packets, bytes));
            }
        });
        return traffic;
    }

    private static String before(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }

    /// By reason, such as `no_route`.
    public Map<String, Long> drops() {
        Map<String, Long> drops = new LinkedHashMap<>();
        counters.forEach((name, value) -> {
            if (name.startsWith(DROP)) {
                drops.put(name.substring(DROP.length()), value);
            }
        });
        return drops;
    }

    /// All other counters.
    public Map<String, Long> events() {
        Map<String, Long> events = new LinkedHashMap<>(counters);
        events.keySet()
                .removeIf(name ->
                        name.startsWith(DROP) || name.endsWith(PACKETS) || name.endsWith(BYTES));
        return events;
    }

    /// By port, and by what is counted of it.
    public Map<String, Map<String, Long>> ports() {
        Map<String, Map<String, Long>> ports = new LinkedHashMap<>();
        CountersSnapshot.Block block = snapshot.block("ports");
        for (CountersSnapshot.Row row : block.rows()) {
            Map<String, Long> columns = new LinkedHashMap<>();
            block.columns().forEach(column -> columns.put(column, block.value(row, column)));
            ports.put(row.name(), columns);
        }
        return ports;
    }

    /// Of packets that came, by each label taken off.
    public List<LabelTraffic> popped() {
        return labels("popped_labels");
    }

    /// Of packets that left, by all labels put on.
    public List<LabelTraffic> pushed() {
        return labels("pushed_labels");
    }

    private List<LabelTraffic> labels(String name) {
        CountersSnapshot.Block block = snapshot.block(name);
        List<LabelTraffic> labels = new ArrayList<>();
        for (CountersSnapshot.Row row : block.rows()) {
            labels.add(
                    new LabelTraffic(
                            row.key(),
                            new Traffic(block.value(row, "packets"), block.value(row, "bytes"))));
        }
        return labels;
    }
}
