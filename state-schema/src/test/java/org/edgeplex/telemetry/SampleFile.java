package org.edgeplex.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// A counters file as a data plane makes it, small.
public final class SampleFile {
    private static final CountersLayout LAYOUT =
            new CountersLayout(
                    new CountersLayout.Block.Named(
                            "counters",
                            List.of("value"),
                            List.of(
                                    "from_customer_packets",
                                    "from_customer_bytes",
                                    "to_core_packets",
                                    "to_core_bytes",
                                    "arp_replies_sent",
                                    "drop_no_route",
                                    "drop_ttl_expired")),
                    new CountersLayout.Block.Named(
                            "ports", List.of("rx_packets", "rx_missed"), List.of("trunk", "tap")),
                    new CountersLayout.Block.Keyed("popped_labels", 8),
                    new CountersLayout.Block.Keyed("pushed_labels", 8));

    private final CountersFile file;

    private SampleFile(CountersFile file) {
        this.file = file;
    }

    public static SampleFile create(Path directory, int attachment, String name) {
        CountersSource source = CountersSource.ofThisProcess(attachment, name, 3);
        Path file = CountersFile.of(directory, "pvm-" + attachment);
        return new SampleFile(CountersFile.create(file, source, LAYOUT));
    }

    /// Adds to what has been counted: so many packets of 100 bytes in, 104 out.
    public void count(long packets) {
        put("counters", 0, packets);
        put("counters", 1, packets * 100);
        put("counters", 2, packets);
        put("counters", 3, packets * 104);
        put("counters", 4, 1);
        put("counters", 5, 2);
        file.area().set("ports", "trunk", "rx_packets", packets + 3);
        file.area().rows("popped_labels").set(1, 1001, TrafficRows.NONE, TrafficRows.NONE);
        putTraffic("popped_labels", 1, 5, 500);
        // The same stack by two ways.
        file.area().rows("pushed_labels").set(4, 300, 2002, TrafficRows.NONE);
        file.area().rows("pushed_labels").set(5, 300, 2002, TrafficRows.NONE);
        putTraffic("pushed_labels", 4, packets - 1, (packets - 1) * 104);
        putTraffic("pushed_labels", 5, 1, 104);
    }

    private void put(String block, int index, long value) {
        memory(file.area().values(block), index).setAtIndex(JAVA_LONG, index, value);
    }

    private void putTraffic(String block, int row, long packets, long bytes) {
        long word = TrafficRows.packets(Math.toIntExact(packets), bytes);
        memory(file.area().rows(block).recent(), row).setAtIndex(JAVA_LONG, row, word);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment memory(long address, int index) {
        return MemorySegment.ofAddress(address).reinterpret((index + 1L) * Long.BYTES);
    }

    /// The process ends.
    public void end() {
        file.close();
    }
}
