package org.edgeplex.controller.show;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.DataplaneView;
import org.jspecify.annotations.Nullable;

/// A data plane's counters for people: what has not counted is left out; rates where there is an
/// earlier reading.
final class DataplaneText {
    private static final DataplaneView.Traffic NOTHING = new DataplaneView.Traffic(0, 0);

    private final DataplaneView view;
    private final @Nullable DataplaneView before;
    private final double seconds;
    private final List<String> lines = new ArrayList<>();

    DataplaneText(DataplaneView view) {
        this(view, null, 0);
    }

    /// @param before an earlier reading of the same file; of another life it is not compared
    DataplaneText(DataplaneView view, @Nullable DataplaneView before, double seconds) {
        this.view = view;
        boolean isSame = before != null && before.source().equals(view.source());
        this.before = isSame && seconds > 0 ? before : null;
        this.seconds = seconds;
    }

    List<String> lines() {
        lines.add(head());
        traffic();
        ports();
        labels();
        numbers("drops", DataplaneView::drops);
        numbers("events", DataplaneView::events);
        lines.add("");
        return lines;
    }

    private String head() {
        CountersSource source = view.source();
        String state = view.isLive() ? "running" : view.whyNotLive();
        Instant started = source.started().truncatedTo(ChronoUnit.SECONDS);
        return "attachment %d  %s  %s, started %s, process %d, incarnation %d"
                .formatted(
                        view.attachment(),
                        source.name(),
                        state,
                        started,
                        source.pid(),
                        source.incarnation());
    }

    private void traffic() {
        Map<String, DataplaneView.Traffic> earlier = before == null ? Map.of() : before.traffic();
        CountersTable table = trafficTable("");
        view.traffic()
                .forEach((name, now) ->
                        row(table, words(name), now, earlier.getOrDefault(name, NOTHING)));
        print(table);
    }

    private void labels() {
        CountersTable table = trafficTable("label");
        labels(table, "in  ", DataplaneView::popped);
        labels(table, "out ", DataplaneView::pushed);
        print(table);
    }

    private void labels(
            CountersTable table,
            String direction,
            Function<DataplaneView, List<DataplaneView.LabelTraffic>> of) {
        Map<String, DataplaneView.Traffic> earlier =
                before == null
                        ? Map.of()
                        : of.apply(before).stream()
                                .collect(
                                        Collectors.toMap(
                                                DataplaneView.LabelTraffic::stack,
                                                DataplaneView.LabelTraffic::traffic,
                                                (one, _) -> one));
        for (DataplaneView.LabelTraffic each : of.apply(view)) {
            row(
                    table,
                    direction + each.stack(),
                    each.traffic(),
                    earlier.getOrDefault(each.stack(), NOTHING));
        }
    }

    private CountersTable trafficTable(String title) {
        return new CountersTable(
                before == null
                        ? List.of(title, "packets", "bytes")
                        : List.of(title, "packets", "bytes", "packets/s", "bit/s"));
    }

    private void row(
            CountersTable table,
            String name,
            DataplaneView.Traffic now,
            DataplaneView.Traffic earlier) {
        List<String> cells =
                new ArrayList<>(
                        List.of(name, Long.toString(now.packets()), Long.toString(now.bytes())));
        if (before != null) {
            // What was put in another's place since has begun again.
            boolean hasBegunAgain = now.packets() < earlier.packets();
            DataplaneView.Traffic from = hasBegunAgain ? NOTHING : earlier;
            cells.add(rate(now.packets() - from.packets()));
            cells.add(rate(8 * (now.bytes() - from.bytes())));
        }
        table.row(cells);
    }

    private String rate(long count) {
        return String.format(Locale.ROOT, "%.0f", count / seconds);
    }

    private void ports() {
        Map<String, Map<String, Long>> ports = view.ports();
        if (ports.isEmpty()) {
            return;
        }
        List<String> columns = List.copyOf(ports.values().iterator().next().keySet());
        List<String> header = new ArrayList<>(List.of("port"));
        columns.forEach(column -> header.add(words(column)));
        CountersTable table = new CountersTable(header);
        ports.forEach((port, values) -> {
            List<String> cells = new ArrayList<>(List.of(port));
            columns.forEach(column -> cells.add(Long.toString(values.getOrDefault(column, 0L))));
            table.row(cells);
        });
        print(table);
    }

    private void numbers(String title, Function<DataplaneView, Map<String, Long>> of) {
        Map<String, Long> earlier = before == null ? Map.of() : of.apply(before);
        CountersTable table =
                new CountersTable(
                        before == null ? List.of(title, "count") : List.of(title, "count", "/s"));
        of.apply(view)
                .forEach((name, value) -> {
                    if (value != 0) {
                        List<String> cells =
                                new ArrayList<>(List.of(words(name), Long.toString(value)));
                        if (before != null) {
                            cells.add(rate(value - earlier.getOrDefault(name, 0L)));
                        }
                        table.row(cells);
                    }
                });
        print(table);
    }

    private void print(CountersTable table) {
        List<String> text = table.lines();
        if (!text.isEmpty()) {
            lines.add("");
            lines.addAll(text);
        }
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }
}
