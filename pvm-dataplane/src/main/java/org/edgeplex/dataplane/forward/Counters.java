package org.edgeplex.dataplane.forward;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.telemetry.CountersArea;
import org.edgeplex.telemetry.CountersLayout;
import org.edgeplex.telemetry.TrafficRows;

/// What the packet path counts, in memory that other processes read: one number per [Counter],
/// packets and bytes per label popped and per label stack pushed.
///
/// Written by the worker with plain stores, read by anybody a little late. Bytes are those of
/// frames as they are on the wire, without the checksum.
public final class Counters {
    /// The block of the [Counter]s.
    public static final String COUNTERS = "counters";

    /// The block of the ports, which the packet path does not write.
    public static final String PORTS = "ports";

    /// The block of the labels that packets came with, by label.
    public static final String POPPED_LABELS = "popped_labels";

    /// The block of the label stacks that packets left with, by stack, the outermost label first.
    public static final String PUSHED_LABELS = "pushed_labels";

    /// The rows of [#PORTS].
    public static final String TRUNK = "trunk";

    public static final String TAP = "tap";

    /// The columns of [#PORTS]; missed are packets that came when the port had no room for them.
    public static final List<String> PORT_COLUMNS =
            List.of(
                    "rx_packets",
                    "rx_bytes",
                    "tx_packets",
                    "tx_bytes",
                    "rx_missed",
                    "rx_errors",
                    "rx_no_buffer",
                    "tx_errors");

    /// As many as a forwarder has by default.
    private static final int ADJACENCIES = Forwarder.Sizes.DEFAULT.adjacenciesMax();

    private static final Counter[] ALL = Counter.values();

    final LabelCounters popped;
    final LabelCounters pushed;

    private final CountersArea area;
    private final long values;

    /// In this process's own memory, for tests and measurements.
    public Counters() {
        this(CountersArea.ofThisProcess(layout(ADJACENCIES)));
    }

    /// In memory that others read.
    ///
    /// @param area as [#layout] has it
    public Counters(CountersArea area) {
        this.area = area;
        values = area.values(COUNTERS);
        popped = new LabelCounters(area.rows(POPPED_LABELS));
        pushed = new LabelCounters(area.rows(PUSHED_LABELS));
    }

    /// What a data plane counts.
    ///
    /// @param adjacenciesMax of the forwarder
    public static CountersLayout layout(int adjacenciesMax) {
        return new CountersLayout(
                new CountersLayout.Block.Named(
                        COUNTERS,
                        List.of("value"),
                        Arrays.stream(ALL).map(Counters::nameOf).toList()),
                new CountersLayout.Block.Named(PORTS, PORT_COLUMNS, List.of(TRUNK, TAP)),
                new CountersLayout.Block.Keyed(POPPED_LABELS, LabelAction.ROWS_MAX),
                new CountersLayout.Block.Keyed(PUSHED_LABELS, adjacenciesMax));
    }

    /// As files and records have it.
    public static String nameOf(Counter counter) {
        return counter.name().toLowerCase(Locale.ROOT);
    }

    /// Where all this is; for who counts what the packet path does not.
    public CountersArea area() {
        return area;
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long count) {
        long address = address(counter);
        Memory.putLong(address, Memory.getLong(address) + count);
    }

    /// Adds packets with their bytes, in a sum of [TrafficRows#packets].
    void add(Counter packets, Counter bytes, long sum) {
        if (sum != 0) {
            add(packets, TrafficRows.packets(sum));
            add(bytes, TrafficRows.bytes(sum));
        }
    }

    public long get(Counter counter) {
        return Memory.getLong(address(counter));
    }

    /// The counters that are not zero.
    public Map<Counter, Long> snapshot() {
        Map<Counter, Long> snapshot = new EnumMap<>(Counter.class);
        for (Counter counter : ALL) {
            long value = get(counter);
            if (value != 0) {
                snapshot.put(counter, value);
            }
        }
        return snapshot;
    }

    @SuppressWarnings("EnumOrdinal") // the order in which the layout names them
    private long address(Counter counter) {
        return values + (long) counter.ordinal() * Long.BYTES;
    }
}
