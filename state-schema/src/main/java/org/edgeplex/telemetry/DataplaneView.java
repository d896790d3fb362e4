package org.edgeplex.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a data plane has counted, in the terms of people who look at it. The names of counters
/// decide what they are, so a new drop reason of the data plane needs no change here.
///
/// @param whyNotLive empty while it runs; then these are its last numbers
/// @param traffic by direction, such as `from_customer`
/// @param ports by port, and by what is counted of it
/// @param drops by reason, such as `no_route`
/// @param events all other counters
/// @param popped of packets that came, by each label taken off
/// @param pushed of packets that left, by all labels put on
public record DataplaneView(
        CountersSource source,
        String whyNotLive,
        Map<String, Traffic> traffic,
        Map<String, Map<String, Long>> ports,
        Map<String, Long> drops,
        Map<String, Long> events,
        List<LabelTraffic> popped,
        List<LabelTraffic> pushed) {
    private static final String PACKETS = "_packets";
    private static final String BYTES = "_bytes";
    private static final String DROP = "drop_";

    public DataplaneView {
        traffic = ordered(traffic);
        ports = ordered(ports);
        drops = ordered(drops);
        events = ordered(events);
        popped = List.copyOf(popped);
        pushed = List.copyOf(pushed);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

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

    /// As a file of this machine tells it now.
    public static DataplaneView of(CountersSnapshot snapshot) {
        CountersSnapshot.Block block = snapshot.block("counters");
        Map<String, Long> counters = new LinkedHashMap<>();
        block.rows().forEach(row -> counters.put(row.name(), block.value(row, "value")));
        return new DataplaneView(
                snapshot.source(),
                snapshot.whyNotLive(),
                traffic(counters),
                ports(snapshot.block("ports")),
                drops(counters),
                events(counters),
                labels(snapshot.block("popped_labels")),
                labels(snapshot.block("pushed_labels")));
    }

    public boolean isLive() {
        return whyNotLive.isEmpty();
    }

    public int attachment() {
        return source.subject();
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
        String[] parts = source.name().split("/", -1);
        return parts.length == 3 ? parts[index] : "";
    }

    private static Map<String, Traffic> traffic(Map<String, Long> counters) {
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

    private static Map<String, Long> drops(Map<String, Long> counters) {
        Map<String, Long> drops = new LinkedHashMap<>();
        counters.forEach((name, value) -> {
            if (name.startsWith(DROP)) {
                drops.put(name.substring(DROP.length()), value);
            }
        });
        return drops;
    }

    private static Map<String, Long> events(Map<String, Long> counters) {
        Map<String, Long> events = new LinkedHashMap<>(counters);
        events.keySet()
                .removeIf(name ->
                        name.startsWith(DROP) || name.endsWith(PACKETS) || name.endsWith(BYTES));
        return events;
    }

    private static Map<String, Map<String, Long>> ports(CountersSnapshot.Block block) {
        Map<String, Map<String, Long>> ports = new LinkedHashMap<>();
        for (CountersSnapshot.Row row : block.rows()) {
            Map<String, Long> columns = new LinkedHashMap<>();
            block.columns().forEach(column -> columns.put(column, block.value(row, column)));
            ports.put(row.name(), columns);
        }
        return ports;
    }

    private static List<LabelTraffic> labels(CountersSnapshot.Block block) {
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
