package org.edgeplex.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.DataplaneView.LabelTraffic;
import org.edgeplex.telemetry.DataplaneView.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CounterDeltaTest {
    private static final List<String> NAMES =
            List.of(
                    "from_customer",
                    "to_core",
                    "pushed",
                    "from_core",
                    "popped",
                    "to_customer",
                    "to_tap",
                    "from_tap",
                    "arp_requests_sent",
                    "drop_no_route",
                    "drop_multicast");

    /// 250 packets sent, 50 received, one question of ARP, three packets of a BGP session.
    private static final Map<String, Long> GOOD =
            Map.of(
                    "from_customer", 255L,
                    "to_core", 250L,
                    "pushed", 250L,
                    "from_core", 50L,
                    "popped", 50L,
                    "to_customer", 53L,
                    "to_tap", 3L,
                    "from_tap", 2L,
                    "arp_requests_sent", 1L,
                    "drop_multicast", 1L);

    private static List<String> faults(Map<String, Long> counted, String... changes) {
        Map<String, Long> before = new LinkedHashMap<>();
        NAMES.forEach(name -> before.put(name, 1_000L));
        Map<String, Long> after = new LinkedHashMap<>(before);
        counted.forEach((name, count) -> after.merge(name, count, Long::sum));
        for (String change : changes) {
            String[] parts = change.split(" ", -1);
            after.merge(parts[0], Long.parseLong(parts[1]), Long::sum);
        }
        return new CounterDelta("red1", view(before, 7), view(after, 7)).faults(250, 50);
    }

    private static DataplaneView view(Map<String, Long> counted, long pid) {
        Map<String, Traffic> traffic = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "from_customer",
                        "to_core",
                        "from_core",
                        "to_customer",
                        "to_tap",
                        "from_tap")) {
            traffic.put(name, new Traffic(counted.getOrDefault(name, 0L), 0));
        }
        return new DataplaneView(
                new CountersSource(1, "red/pe1/red1", pid, Instant.EPOCH, 1),
                "",
                traffic,
                Map.of(),
                Map.of(
                        "no_route", counted.getOrDefault("drop_no_route", 0L),
                        "multicast", counted.getOrDefault("drop_multicast", 0L)),
                Map.of("arp_requests_sent", counted.getOrDefault("arp_requests_sent", 0L)),
                labels(counted.getOrDefault("popped", 0L)),
                labels(counted.getOrDefault("pushed", 0L)));
    }

    /// Two next hops, each with a share.
    private static List<LabelTraffic> labels(long packets) {
        return List.of(
                new LabelTraffic(List.of(16, 100_001), new Traffic(packets - 10, 0)),
                new LabelTraffic(List.of(17, 100_001), new Traffic(10, 0)));
    }

    @Test
    void whatWasSentAndReceivedIsWhatIsCounted() {
        assertEquals(List.of(), faults(GOOD));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "to_core -1       | red1 to core: 249 and not 250",
                "to_core 1        | red1 to core: 251 and not 250",
                "pushed -5        | red1 labels out: 245 and not 250",
                "from_core 1      | red1 from core: 51 and not 50",
                "popped -50       | red1 labels in: 0 and not 50",
                "from_customer -6 | red1 from customer: 249 and not 250 to 255",
                "from_customer 1  | red1 from customer: 256 and not 250 to 255",
                "to_customer -4   | red1 to customer: 49 and not 50 to 53",
                "to_customer 1    | red1 to customer: 54 and not 50 to 53",
                "drop_no_route 1  | red1 dropped for no_route: 1 and not 0",
            })
    void anyOtherNumberIsAFault(String change, String fault) {
        assertEquals(List.of(fault), faults(GOOD, change));
    }

    @Test
    void anotherProcessHasNotCountedTheWholeTime() {
        DataplaneView before = view(GOOD, 7);
        assertEquals(
                List.of("red1: not the process of the first reading counts"),
                new CounterDelta("red1", before, view(GOOD, 8)).faults(0, 0));
    }
}
